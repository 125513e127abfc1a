using Mlops.Provisioning.CodePipelines;
using Mlops.Provisioning.Configs;

namespace Mlops.Infra;

/// <summary>Reads where the config file comes from: the source, what it needs, and what is set though it does not take it.</summary>
internal sealed class ConfigSourceReader
{
    /// <summary>The predecessor's, and that of new repositories.</summary>
    public const string DefaultBranch = "main";

    /// <summary>Of a repository with SHA-256.</summary>
    private const int CommitIdLength = 64;

    private const string ExampleArn =
        "arn:aws:codeconnections:{region}:123456789012:connection/11111111-2222-3333-4444-555555555555";

    /// <summary>What each source takes.</summary>
    private static readonly Dictionary<ConfigSourceKind, string[]> Taken = new()
    {
        [ConfigSourceKind.None] = [],
        [ConfigSourceKind.Bucket] = [StackSettingKeys.ConfigBucket, StackSettingKeys.ConfigPath],
        [ConfigSourceKind.CodeCommit] =
        [
            StackSettingKeys.ConfigRepository,
            StackSettingKeys.ConfigBranch,
            StackSettingKeys.ConfigPath,
        ],
        [ConfigSourceKind.Connection] =
        [
            StackSettingKeys.ConfigConnectionArn,
            StackSettingKeys.ConfigRepository,
            StackSettingKeys.ConfigBranch,
            StackSettingKeys.ConfigPath,
        ],
    };

    private readonly StackSettingsReader _reader;
    private readonly string _region;

    private ConfigSourceReader(StackSettingsReader reader, string region) => (_reader, _region) = (reader, region);

    /// <summary>Puts what is set into the settings.</summary>
    public static StackSettings Read(StackSettings settings, StackSettingsReader reader) =>
        new ConfigSourceReader(reader, settings.Region).Into(settings);

    private StackSettings Into(StackSettings settings)
    {
        var source = _reader.Value(StackSettingKeys.ConfigSource);
        if (source is not null && GitFormats.CodeCommitAddress(source) is { } address)
        {
            var named = CodeCommit(StackSettingKeys.ConfigSource, source);
            RefuseAnother(address.Repository);
            RefuseWhatIsNotTaken(ConfigSourceKind.CodeCommit);
            return Fitting(Git(settings, ConfigSourceKind.CodeCommit) with { ConfigRepository = named });
        }

        if (Kind(source) is not { } kind)
        {
            return settings;
        }

        RefuseWhatIsNotTaken(kind);
        return kind switch
        {
            ConfigSourceKind.Bucket => settings with
            {
                ConfigSource = kind,
                ConfigBucket = Bucket(),
                ConfigPath = Path(GitFormats.WhyNotAKey),
            },
            ConfigSourceKind.CodeCommit => Fitting(
                Git(settings, kind) with
                {
                    ConfigRepository = CodeCommitRepository(),
                }
            ),
            ConfigSourceKind.Connection => Fitting(
                Git(settings, kind) with
                {
                    ConfigConnectionArn = Connection(),
                    ConfigRepository = HostedRepository(),
                }
            ),
            _ => settings,
        };
    }

    private ConfigSourceKind? Kind(string? source)
    {
        if (source is null)
        {
            return ConfigSourceKind.None;
        }

        var names = Enum.GetNames<ConfigSourceKind>().Select(name => name.ToLowerInvariant()).ToList();
        if (names.Contains(source, StringComparer.OrdinalIgnoreCase))
        {
            return Enum.Parse<ConfigSourceKind>(source, ignoreCase: true);
        }

        var meant = GitFormats.MeantHosted(source) is null ? Implied() : ConfigSourceKind.Connection;
        _reader.Problem(
            StackSettingKeys.ConfigSource,
            $"\"{source}\" is unknown; it is one of {string.Join(", ", names)}, or the address to clone a repository of CodeCommit",
            SettingCommand.Set(StackSettingKeys.ConfigSource, Name(meant ?? ConfigSourceKind.None))
        );
        return null;
    }

    private StackSettings Git(StackSettings settings, ConfigSourceKind kind) =>
        settings with
        {
            ConfigSource = kind,
            ConfigBranch = Text(
                StackSettingKeys.ConfigBranch,
                "a branch",
                GitFormats.WhyNotABranch,
                branch => branch.Split('/', 3) is ["refs", "heads", var name] ? name : DefaultBranch,
                DefaultBranch
            ),
            ConfigPath = Path(GitFormats.WhyNotAPath),
        };

    /// <summary>An action is told of both names at once, in JSON, which writes many characters as six.</summary>
    private StackSettings Fitting(StackSettings settings)
    {
        if (
            settings.ConfigRepository is not null
            && GitSource.Of(settings)!.UserParameters.Length > DutyParameters.Limit - CommitIdLength
        )
        {
            _reader.Problem(
                StackSettingKeys.ConfigPath,
                "with repository and branch it is longer than what an action of CodePipeline can be told",
                SettingCommand.Set(StackSettingKeys.ConfigPath, ConfigFile.DefaultPath)
            );
        }

        return settings;
    }

    private string Path(Func<string, string?> whyNot) =>
        Text(
            StackSettingKeys.ConfigPath,
            "the place of a file",
            whyNot,
            path =>
                path.TrimStart('.', '/') is { Length: > 0 } rest && whyNot(rest) is null
                    ? rest
                    : ConfigFile.DefaultPath,
            ConfigFile.DefaultPath
        );

    private string Text(
        string key,
        string what,
        Func<string, string?> whyNot,
        Func<string, string> meant,
        string otherwise
    )
    {
        var text = _reader.Value(key);
        if (text is not null && whyNot(text) is { } why)
        {
            var proposal = meant(text);
            _reader.Problem(
                key,
                $"\"{text}\" cannot be {what}: {why}",
                SettingCommand.Set(key, whyNot(proposal) is null ? proposal : otherwise)
            );
        }

        return text ?? otherwise;
    }

    private string? Bucket()
    {
        Require(StackSettingKeys.ConfigBucket, "the bucket that the config file is put into", "my-config");
        return _reader.Bucket(StackSettingKeys.ConfigBucket);
    }

    private string? CodeCommitRepository()
    {
        const string key = StackSettingKeys.ConfigRepository;
        Require(key, "the repository that the config file is committed to", "mlops-config");
        return _reader.Value(key) is { } text ? CodeCommit(key, text) : null;
    }

    /// <summary>By its name, or by the address to clone it from.</summary>
    private string CodeCommit(string key, string text)
    {
        var (region, name) = GitFormats.CodeCommitAddress(text) ?? (_region, text);
        if (!GitFormats.IsCodeCommit(name))
        {
            _reader.Problem(
                key,
                $"\"{text}\" cannot be a repository of CodeCommit: its name has {GitFormats.CodeCommitRule}",
                SettingCommand.Set(StackSettingKeys.ConfigRepository, Meant(name))
            );
        }
        else if (region != _region && SettingFormats.Region().IsMatch(_region))
        {
            _reader.Problem(
                key,
                $"\"{text}\" is of {region}; the pipeline that reads it is in {_region}, and needs one from there",
                SettingCommand.Set(key, text.Replace($".{region}.", $".{_region}.", StringComparison.Ordinal))
            );
        }

        return name;

        static string Meant(string name) =>
            name.EndsWith(".git", StringComparison.Ordinal) && GitFormats.IsCodeCommit(name[..^4])
                ? name[..^4]
                : "mlops-config";
    }

    /// <summary>An address names its repository, and a second name could only be another one.</summary>
    private void RefuseAnother(string repository)
    {
        const string key = StackSettingKeys.ConfigRepository;
        var text = _reader.Value(key);
        if (text is not null && (GitFormats.CodeCommitAddress(text)?.Repository ?? text) != repository)
        {
            _reader.Problem(
                key,
                $"\"{text}\" is not the repository of the address in {StackSettingKeys.ConfigSource}, {repository}",
                SettingCommand.Remove(key)
            );
        }
    }

    private string? HostedRepository()
    {
        const string key = StackSettingKeys.ConfigRepository;
        Require(key, "the repository that the config file is committed to", "my-team/mlops-config");
        var text = _reader.Value(key);
        if (text is not null && !GitFormats.IsHosted(text))
        {
            _reader.Problem(
                key,
                $"\"{text}\" cannot be a repository of a connection: it has {GitFormats.HostedRule}",
                SettingCommand.Set(key, GitFormats.MeantHosted(text) ?? "my-team/mlops-config")
            );
        }

        return text;
    }

    private string? Connection()
    {
        const string key = StackSettingKeys.ConfigConnectionArn;
        var example = ExampleArn.Replace("{region}", _region, StringComparison.Ordinal);
        Require(key, "the connection to the repository (`aws codeconnections list-connections` lists them)", example);
        var arn = _reader.Value(key);
        if (arn is not null && WhyNotAConnection(arn) is { } why)
        {
            _reader.Problem(key, $"\"{arn}\" {why}", SettingCommand.Set(key, example));
        }

        return arn;
    }

    private string? WhyNotAConnection(string arn) =>
        GitFormats.Connection(arn) is not { } parts
            ? "is not the ARN of a connection (`aws codeconnections list-connections` lists them)"
        : !SettingFormats.Region().IsMatch(_region) ? null
        : parts.Partition != GitFormats.PartitionOf(_region)
            ? $"is of the partition {parts.Partition}; the pipeline that uses it is in {GitFormats.PartitionOf(_region)}"
        : parts.Region != _region
            ? $"is of {parts.Region}; the pipeline that uses it is in {_region}, and needs one from there"
        : null;

    private void Require(string key, string what, string example)
    {
        // Under its old name it is one problem, not two.
        if (_reader.Raw(key) is null && !PredecessorParameters.IsSet(key, _reader.Raw))
        {
            _reader.Problem(key, $"it is missing: {what}", SettingCommand.Set(key, example));
        }
    }

    private void RefuseWhatIsNotTaken(ConfigSourceKind kind)
    {
        var isChosen = _reader.Raw(StackSettingKeys.ConfigSource) is not null;
        var implied = isChosen ? null : Implied();
        foreach (var key in Taken.Values.SelectMany(keys => keys).Distinct().Except(Taken[kind]))
        {
            if (_reader.Raw(key) is not null)
            {
                _reader.Problem(
                    key,
                    isChosen
                        ? $"it is set, but the source {Name(kind)} does not take it"
                        : $"it is set, but {StackSettingKeys.ConfigSource} is not, so nothing reads it",
                    implied is { } meant
                        ? SettingCommand.Set(StackSettingKeys.ConfigSource, Name(meant))
                        : SettingCommand.Remove(key)
                );
            }
        }
    }

    /// <summary>The source that somebody wants who sets what is set; null where that says nothing.</summary>
    private ConfigSourceKind? Implied() =>
        _reader.Raw(StackSettingKeys.ConfigConnectionArn) is not null ? ConfigSourceKind.Connection
        : _reader.Raw(StackSettingKeys.ConfigBucket) is not null ? ConfigSourceKind.Bucket
        : _reader.Raw(StackSettingKeys.ConfigRepository) is not { } repository ? null
        : GitFormats.CodeCommitAddress(repository) is null && repository.Contains('/') ? ConfigSourceKind.Connection
        : ConfigSourceKind.CodeCommit;

    private static string Name(ConfigSourceKind kind) => kind.ToString().ToLowerInvariant();
}
