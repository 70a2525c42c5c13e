namespace Cake.MultiPlatform;

/// <summary>What people commonly get wrong in a reference, and what they probably meant.</summary>
internal static class ReferenceHints
{
    private const string Rule = "A reference is [registry/]repository[:tag][@digest], e.g. ghcr.io/acme/shop:1.4.0.";
    private const string RepositoryRule =
        "Its parts between slashes are lower case letters and digits, with single '.', '_', '__' or '-' between them, e.g. acme/my-shop.";

    internal static string? WholeValue(string? value)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            return "is empty. " + Rule;
        }

        if (value.AsSpan().ContainsAny(" \t\r\n"))
        {
            return $"holds a space or line break. {Suggest(string.Concat(value.Where(each => !char.IsWhiteSpace(each))))}";
        }

        var scheme = value.LastIndexOf("://", StringComparison.Ordinal);
        if (scheme >= 0)
        {
            return $"begins like a web address; a reference has no '{value[..(scheme + 3)]}'. {Suggest(value[(scheme + 3)..])}";
        }

        if (value.StartsWith('/') || value.EndsWith('/'))
        {
            return $"{(value.StartsWith('/') ? "begins" : "ends")} with a slash. {Suggest(value.Trim('/'))}";
        }

        return null;
    }

    internal static string Repository(string before, string repository, string after)
    {
        var meant = before + PlatformNames.Lower(repository) + after;
        if (repository.Any(char.IsAsciiLetterUpper) && ImageReference.TryParse(meant, out _))
        {
            return $"the repository name must be lower case. Did you mean {meant}?";
        }

        if (repository.Length == 0 || repository.EndsWith('/'))
        {
            return $"names no repository. {Rule}";
        }

        return repository.StartsWith('/') || repository.Contains("//", StringComparison.Ordinal)
            ? $"has two slashes in a row. {Suggest((before + repository + after).Replace("//", "/", StringComparison.Ordinal))}"
            : $"'{repository}' is no repository name. {RepositoryRule}";
    }

    internal static string? Tag(string tag, string value)
    {
        if (tag.Length == 0)
        {
            return $"has no tag behind the colon. {Suggest(value.Replace(":@", "@", StringComparison.Ordinal).TrimEnd(':'))}";
        }

        if (tag.Contains('/', StringComparison.Ordinal))
        {
            return $"has a slash behind the colon; a port belongs to a registry that comes first, a tag has no slash. {Rule}";
        }

        return tag.Contains(':', StringComparison.Ordinal)
            ? $"has two tags, '{tag.Replace(":", "' and '", StringComparison.Ordinal)}'; a reference has one. {Rule}"
            : null;
    }

    // A value can be wrong in two ways at once; only one that is right is worth suggesting.
    private static string Suggest(string meant)
        => ImageReference.TryParse(meant, out _) ? $"Did you mean {meant}?" : Rule;
}
