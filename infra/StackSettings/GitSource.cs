using System.Security.Cryptography;
using System.Text;
using Mlops.Provisioning;
using Mlops.Provisioning.CodePipelines;

namespace Mlops.Infra;

/// <summary>A file of a Git repository that is carried out whenever a commit changes it.</summary>
/// <param name="Repository">Its name in CodeCommit; by a connection <c>owner/name</c>.</param>
/// <param name="Branch">The branch that is followed.</param>
/// <param name="Path">The file, from the repository's root.</param>
public sealed record GitSource(string Repository, string Branch, string Path)
{
    private const int HashLength = 8;

    /// <summary>ARN of the connection to the repository; null: it is one of CodeCommit, of this account and region.</summary>
    public string? ConnectionArn { get; init; }

    /// <summary>As the tag <see cref="DeploymentTags.Origin"/> has it; cut, with a hash, where it is longer than a tag may be.</summary>
    public string Origin
    {
        get
        {
            var kind = ConnectionArn is null ? "codecommit" : "connection";
            var whole = $"{kind}:{Repository}@{Branch}:{Path}";
            var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(whole)))[..HashLength];
            return DeploymentTags.Value(
                whole.Length <= DeploymentTags.ValueLimit
                    ? whole
                    : $"{whole[..(DeploymentTags.ValueLimit - HashLength - 1)]}-{hash}"
            );
        }
    }

    /// <summary>What CodePipeline tells the DeploymentFlow function with each commit.</summary>
    public string UserParameters =>
        new DutyParameters(Duty.Apply, Target: "", Stack: "", Path)
        {
            Source = Origin,
            Revision = "#{Source.CommitId}",
            Execution = "#{codepipeline.PipelineExecutionId}",
        }.ToJson();

    /// <summary>The source that the settings name; null where they name none, or a bucket.</summary>
    public static GitSource? Of(StackSettings settings) =>
        settings.ConfigSource is ConfigSourceKind.CodeCommit or ConfigSourceKind.Connection
            ? new GitSource(settings.ConfigRepository!, settings.ConfigBranch, settings.ConfigPath)
            {
                ConnectionArn = settings.ConfigConnectionArn,
            }
            : null;
}
