namespace Cake.MultiPlatform.IntegrationTests.Recording;

/// <summary>Values that shells, Windows, Cake, .NET, Go's flags or CSV could change, by what is nasty about them.</summary>
internal static class NastyValues
{
    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["empty"] = string.Empty,
        ["a space"] = " ",
        ["spaces inside"] = "a b  c",
        ["spaces around"] = " a ",
        ["tab"] = "a\tb",
        ["line end"] = "a\nb",
        ["line end at the end"] = "a\n",
        ["Windows line end"] = "a\r\nb",
        ["single quote"] = "it's",
        ["double quotes"] = "say \"hi\"",
        ["a double quote"] = "\"",
        ["in double quotes"] = "\"a b\"",
        ["backslashes"] = @"C:\dir\file",
        ["trailing backslash"] = @"C:\dir\",
        ["two trailing backslashes"] = @"C:\dir\\",
        ["space and trailing backslash"] = @"C:\my dir\",
        ["backslashes before quotes"] = "a\\\\\"b\\\"",
        ["shell variables"] = "$HOME ${HOME} $(id)",
        ["backticks"] = "`id`",
        ["Windows variable"] = "%PATH%",
        ["star"] = "*",
        ["question mark"] = "?.*",
        ["brackets"] = "[a] {b,c} (d) <e>",
        ["braces"] = "{0} {{.Os}}",
        ["commas"] = ",a,,b,",
        ["equals signs"] = "=a==b=",
        ["shell operators"] = "a;b&c|d!e#f~^",
        ["dash"] = "-",
        ["two dashes"] = "--",
        ["a flag"] = "--push",
        ["a short flag"] = "-f=x",
        ["at sign"] = "@file",
        ["umlauts and ideographs"] = "Zürich 東京",
        ["emoji"] = "👩‍👩‍👧‍👦🏳️‍🌈",
        ["combining characters"] = "e\u0301 is not \u00e9",
        ["direction marks"] = "\u202eabc\u202c",
        ["spaces of Unicode"] = "a\u00a0b\u2003c\u3000",
        ["byte order mark"] = "\ufeffa\u200b",
        ["control characters"] = "\u0001\u001b[31m\u007f",
        ["4 kB"] = string.Concat(Enumerable.Repeat("4 kB \"é\\,=$ ", 340)),
    };
}
