using Mlops.Provisioning;
using Mlops.Provisioning.CodePipelines;

namespace Mlops.Infra;

/// <summary>A file of a Git repository that is carried out whenever a commit changes it.</summary>
/// <param name="Repository">Its name in CodeCommit; by a connection <c>owner/name</c>.</param>
/// <param name="Branch">The branch that is followed.</param>
/// <param name="Path">The file, from the repository's root.</param>
public sealed record GitSource(string Repository, string Branch, string Path)
{
    /// <summary>ARN of the connection to the repository; null: it is one of CodeCommit, of this account and region.</summary>
    public string? ConnectionArn { get; init; }

    /// <summary>As the tag <see cref="DeploymentTags.Origin"/> has it.</summary>
    public string Origin =>
        DeploymentTags.OriginOf(
            $"{(ConnectionArn is null ? "codecommit" : "connection")}:{Repository}@{Branch}:{Path}"
        );

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
