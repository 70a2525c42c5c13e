using Cake.Core.Diagnostics;
using Cake.Core.IO;

namespace Cake.MultiPlatform;

/// <summary>What is to be done to tell a build server something; <see cref="CiWriter"/> does it.</summary>
internal abstract record CiAction;

/// <summary>A line on the standard output, as it is: a command for the server that reads the log.</summary>
internal sealed record CiLine(string Text) : CiAction;

/// <summary>A message in Cake's log.</summary>
internal sealed record CiLog(LogLevel Level, string Text) : CiAction;

/// <summary>Text at the end of a file that the server reads when the step has ended.</summary>
internal sealed record CiAppend(FilePath Path, string Text) : CiAction;

/// <summary>A file of this text.</summary>
internal sealed record CiFile(FilePath Path, string Text) : CiAction;

/// <summary>A program of the server's to start.</summary>
internal sealed record CiProgram(string Name, IReadOnlyList<string> Arguments) : CiAction;
