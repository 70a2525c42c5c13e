#!/usr/bin/perl
# buildkit-relay.pl LISTEN ENGINE: lets buildx' remote driver use the BuildKit inside a Docker engine.
#
# The driver speaks gRPC to a socket; the engine gives its BuildKit on its own API socket, after a request to switch
# the connection over ("POST /grpc", as the docker driver does). So: per connection to the socket LISTEN, ask the
# engine behind the socket ENGINE for the switch, then copy bytes both ways. A process per connection, perl-base only.
use strict;
use warnings;
use IO::Select;
use IO::Socket::UNIX;
use POSIX ();

my ($listen, $engine) = @ARGV;
die "usage: $0 LISTEN ENGINE\n" unless defined $engine;

unlink $listen;
my $server = IO::Socket::UNIX->new(Local => $listen, Listen => 128) or die "$listen: $!\n";
$SIG{PIPE} = 'IGNORE';
$SIG{CHLD} = 'IGNORE';    # the kernel takes them away itself
$SIG{TERM} = sub { $SIG{TERM} = 'DEFAULT'; unlink $listen; kill TERM => -getpgrp(); exit 0 };

while (1) {
    my $client = $server->accept or next;
    my $pid = fork;
    if (!defined $pid) { warn "fork: $!\n"; close $client; next }
    if ($pid) { close $client; next }
    $SIG{TERM} = 'DEFAULT';
    close $server;
    eval { relay($client); 1 } or warn $@;
    POSIX::_exit(0);
}

sub relay {
    my ($client) = @_;
    my $target = IO::Socket::UNIX->new(Peer => $engine) or die "$engine: $!\n";
    syswrite $target, "POST /grpc HTTP/1.1\r\nHost: docker\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n";
    my $answer = '';
    until ($answer =~ /\r\n\r\n/) {
        sysread($target, $answer, 4096, length $answer) or die "the engine closed the connection: $answer\n";
        die "no answer of the engine's that could be understood\n" if length $answer > 65536;
    }
    die "the engine does not give its BuildKit: $answer\n" unless $answer =~ m{^HTTP/1\.\d 101 };
    $answer =~ s/^.*?\r\n\r\n//s;

    # What is read from one side waits for the other to take it. Neither side is read further while a lot waits, and
    # nothing here blocks, so a slow side cannot stop the other direction.
    $_->blocking(0) for $client, $target;
    my %other   = ($client => $target, $target => $client);
    my %waiting = ($client => $answer, $target => '');    # to be written to that side
    my %open    = ($client => 1,       $target => 1);     # may still be read
    my $limit   = 1 << 20;

    while ($open{$client} || $open{$target} || length $waiting{$client} || length $waiting{$target}) {
        my $read  = IO::Select->new(grep { $open{$_} && length $waiting{ $other{$_} } < $limit } $client, $target);
        my $write = IO::Select->new(grep { length $waiting{$_} } $client, $target);
        my ($readable, $writable) = IO::Select->select($read, $write, undef);
        for my $side (@{ $writable || [] }) {
            my $count = syswrite $side, $waiting{$side};
            if (defined $count) { substr $waiting{$side}, 0, $count, '' }
            elsif (!$!{EAGAIN} && !$!{EINTR}) { return }    # that side is gone
            shutdown $side, 1 if !length $waiting{$side} && !$open{ $other{$side} };
        }
        for my $side (@{ $readable || [] }) {
            my $count = sysread $side, $waiting{ $other{$side} }, 65536, length $waiting{ $other{$side} };
            next if !defined $count && ($!{EAGAIN} || $!{EINTR});
            return if !defined $count;
            next if $count;
            $open{$side} = 0;    # no more from here: say so to the other side once it has everything
            shutdown $other{$side}, 1 unless length $waiting{ $other{$side} };
        }
    }
}
