using System.Globalization;

namespace Mlops.Infra;

/// <summary>Reads typed values and collects what is wrong with them.</summary>
internal sealed class StackSettingsReader(Func<string, string?> read)
{
    /// <summary>Longest address there is (RFC 3696, erratum 1690).</summary>
    private const int EmailLimit = 320;

    private readonly List<string> _problems = [];

    public Provisioning.AccountMode? AccountMode(string key) => Choice<Provisioning.AccountMode>(key, otherwise: null);

    public string Region(string key)
    {
        var region = Required(key, "the region of everything", "us-east-1");
        if (region is { Length: > 0 } && !SettingFormats.Region().IsMatch(region))
        {
            Problem(key, $"\"{region}\" is not the name of an AWS region", SettingCommand.Set(key, "us-east-1"));
        }
        else if (region.StartsWith("cn-", StringComparison.Ordinal))
        {
            Problem(
                key,
                $"{region}: CodePipeline has no CloudFormation action in China regions",
                SettingCommand.Set(key, "us-east-1")
            );
        }

        return region;
    }

    public string Email(string key)
    {
        var address = Required(key, "who hears of every outcome", "team@example.com");
        if (address is { Length: > 0 } && (address.Length > EmailLimit || !SettingFormats.Email().IsMatch(address)))
        {
            Problem(key, $"\"{address}\" is not an e-mail address", SettingCommand.Set(key, "team@example.com"));
        }

        return address;
    }

    public string? AccountId(string key, bool required)
    {
        var text = Value(key);
        if (required && Raw(key) is null)
        {
            Problem(
                key,
                "it is missing: the orchestrator account, which several accounts are told from",
                SettingCommand.Set(key, "123456789012")
            );
        }

        if (text is not null && !Provisioning.AccountId.TryParse(text, out _))
        {
            Problem(key, $"\"{text}\" is not an account id of 12 digits", SettingCommand.Set(key, "123456789012"));
        }

        return text;
    }

    public string? Bucket(string key)
    {
        var name = Value(key);
        if (name is not null && SettingFormats.WhyNotABucket(name) is { } why)
        {
            Problem(
                key,
                $"\"{name}\" cannot be the name of a bucket: {why}",
                SettingCommand.Set(key, SettingFormats.MeantBucket(name) ?? "my-bucket")
            );
        }

        return name;
    }

    public string? Repository(string key)
    {
        var name = Value(key);
        if (name is not null && !SettingFormats.IsRepository(name))
        {
            Problem(
                key,
                $"\"{name}\" cannot be the name of a repository: it has {SettingFormats.RepositoryRule}",
                SettingCommand.Set(key, SettingFormats.MeantRepository(name) ?? "my-algorithms")
            );
        }

        return name;
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

        Problem(
            key,
            $"\"{text}\" is neither true nor false",
            SettingCommand.Set(key, PredecessorParameters.Flag(text) ?? (otherwise ? "true" : "false"))
        );
        return otherwise;
    }

    public int LogRetention(string key, int otherwise)
    {
        var text = Value(key);
        if (text is null)
        {
            return otherwise;
        }

        var allowed = SettingFormats.LogRetentionDays;
        var isNumber = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days);
        if (isNumber && allowed.Contains(days))
        {
            return days;
        }

        // Rather longer than asked for than shorter.
        var near = isNumber ? allowed.FirstOrDefault(value => value > days, allowed[^1]) : otherwise;
        Problem(
            key,
            $"\"{text}\" is no number of days that CloudWatch Logs knows; it is one of {string.Join(", ", allowed)}",
            SettingCommand.Set(key, near.ToString(CultureInfo.InvariantCulture))
        );
        return otherwise;
    }

    public int? Concurrency(string key)
    {
        var text = Value(key);
        if (text is null)
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1)
        {
            return number;
        }

        Problem(
            key,
            $"\"{text}\" is not a whole number of 1 or more, and with 0 no request would be answered",
            SettingCommand.Set(key, "10")
        );
        return null;
    }

    public T Choice<T>(string key, T otherwise)
        where T : struct, Enum => Choice<T>(key, (T?)otherwise) ?? otherwise;

    /// <summary>What is set, without spaces around it; null where nothing is. Set but empty is a problem.</summary>
    public string? Value(string key)
    {
        var text = read(key)?.Trim();
        if (text is "")
        {
            Problem(key, "it is set, but empty", SettingCommand.Remove(key));
        }

        return text is { Length: > 0 } ? text : null;
    }

    /// <summary>Whether anything is set, be it empty.</summary>
    public string? Raw(string key) => read(key);

    public void Problem(string key, string what, string command) =>
        _problems.Add($"  {key}: {what}{(what.EndsWith('?') ? "" : ".")} Run: {command}");

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
        var text = read(key)?.Trim();
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
            SettingCommand.Set(key, names[0])
        );
        return null;
    }

    private string Required(string key, string what, string example)
    {
        var value = read(key)?.Trim() ?? "";

        // Under its old name it is one problem, not two.
        if (value.Length == 0 && !PredecessorParameters.IsSet(key, read))
        {
            Problem(key, $"it is missing: {what}", SettingCommand.Set(key, example));
        }

        return value;
    }
}
