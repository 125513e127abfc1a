using System.Text.RegularExpressions;

namespace Mlops.Infra;

/// <summary>Reads typed values and collects what is wrong with them.</summary>
internal sealed partial class StackSettingsReader(Func<string, string?> read)
{
    /// <summary>Longest address there is (RFC 3696, erratum 1690).</summary>
    private const int EmailLimit = 320;

    private readonly List<string> _problems = [];

    public Provisioning.AccountMode AccountMode(string key)
    {
        var mode = Choice<Provisioning.AccountMode>(key, otherwise: null);
        if (mode is Provisioning.AccountMode.Multi)
        {
            Problem(
                key,
                "several accounts come with a later release; this one deploys into the orchestrator account only",
                "single"
            );
        }

        return mode ?? default;
    }

    public string Region(string key)
    {
        var region = Required(key, "the region of everything", "us-east-1");
        if (region is { Length: > 0 } && !RegionPattern().IsMatch(region))
        {
            Problem(key, $"\"{region}\" is not the name of an AWS region", "us-east-1");
        }
        else if (region.StartsWith("cn-", StringComparison.Ordinal))
        {
            Problem(key, $"{region}: CodePipeline has no CloudFormation action in China regions", "us-east-1");
        }

        return region;
    }

    public string Email(string key)
    {
        var address = Required(key, "who hears of every outcome", "team@example.com");
        if (address is { Length: > 0 } && (address.Length > EmailLimit || !EmailPattern().IsMatch(address)))
        {
            Problem(key, $"\"{address}\" is not an e-mail address", "team@example.com");
        }

        return address;
    }

    public string? AccountId(string key)
    {
        var text = Value(key);
        if (text is not null && !Provisioning.AccountId.TryParse(text, out _))
        {
            Problem(key, $"\"{text}\" is not an account id of 12 digits", "123456789012");
        }

        return text;
    }

    public bool Flag(string key, bool otherwise)
    {
        var text = Value(key);
        if (text is null)
        {
            return otherwise;
        }

        if (bool.TryParse(text, out var flag))
        {
            return flag;
        }

        Problem(key, $"\"{text}\" is neither true nor false", otherwise ? "true" : "false");
        return otherwise;
    }

    public T Choice<T>(string key, T otherwise)
        where T : struct, Enum => Choice<T>(key, (T?)otherwise) ?? otherwise;

    public void ThrowIfAnyProblem()
    {
        if (_problems.Count > 0)
        {
            throw new StackSettingsException(_problems);
        }
    }

    private T? Choice<T>(string key, T? otherwise)
        where T : struct, Enum
    {
        var names = Enum.GetNames<T>().Select(name => name.ToLowerInvariant()).ToList();
        var text = Value(key);
        if (text is null && otherwise is not null)
        {
            return otherwise;
        }

        if (text is not null && names.Contains(text, StringComparer.OrdinalIgnoreCase))
        {
            return Enum.Parse<T>(text, ignoreCase: true);
        }

        Problem(
            key,
            $"{(text is null ? "it is missing" : $"\"{text}\" is unknown")}; it is one of {string.Join(", ", names)}",
            names[0]
        );
        return null;
    }

    private string Required(string key, string what, string example)
    {
        var value = Value(key);
        if (value is null)
        {
            Problem(key, $"it is missing: {what}", example);
        }

        return value ?? "";
    }

    private string? Value(string key) => read(key)?.Trim() is { Length: > 0 } value ? value : null;

    private void Problem(string key, string what, string example) =>
        _problems.Add($"  {key}: {what}. Run: pulumi config set {key} {example}");

    [GeneratedRegex("^[a-z]{2,4}(-[a-z]+)+-[0-9]{1,2}$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RegionPattern();

    [GeneratedRegex(
        @"^[a-zA-Z0-9_.+-]+@[a-zA-Z0-9-]+(\.[a-zA-Z0-9-]+)+$",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex EmailPattern();
}
