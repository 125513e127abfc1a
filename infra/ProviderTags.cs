using Mlops.Provisioning;
using Pulumi;

namespace Mlops.Infra;

/// <summary>What both providers of an account tag everything with.</summary>
internal sealed class ProviderTags
{
    private readonly InputMap<string> _tags;

    /// <summary>The deployment's own tag and the user's; of two with one key the later counts.</summary>
    public ProviderTags(string prefix, params IEnumerable<IReadOnlyDictionary<string, string>> users)
    {
        var tags = new Dictionary<string, string>(StringComparer.Ordinal) { [DeploymentTags.Deployment] = prefix };
        foreach (var (key, value) in users.SelectMany(tags => tags))
        {
            tags[key] = value;
        }

        _tags = tags;
    }

    public Pulumi.Aws.Inputs.ProviderDefaultTagsArgs ForAws => new() { Tags = _tags };

    public Pulumi.AwsNative.Inputs.ProviderDefaultTagsArgs ForAwsNative => new() { Tags = _tags };
}
