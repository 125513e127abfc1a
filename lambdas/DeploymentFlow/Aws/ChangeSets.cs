using Amazon.CloudFormation.Model;
using Mlops.Provisioning.Evidence;
using ChangeSet = Mlops.DeploymentFlow.Duties.ChangeSet;
using ResourceChange = Mlops.Provisioning.Evidence.ResourceChange;

namespace Mlops.DeploymentFlow.Aws;

/// <summary>Reads a change set from the pages of CloudFormation's answer.</summary>
internal static class ChangeSets
{
    /// <summary>What was read so far, and one page more.</summary>
    public static ChangeSet Add(ChangeSet? before, DescribeChangeSetResponse page) =>
        new(
            page.Status.Value,
            page.StatusReason,
            [
                .. before?.Resources ?? [],
                .. (page.Changes ?? []).Where(change => change.ResourceChange is not null).Select(Change),
            ],
            (page.Parameters ?? []).ToDictionary(
                parameter => parameter.ParameterKey,
                parameter => parameter.ParameterValue ?? "",
                StringComparer.Ordinal
            )
        );

    private static ResourceChange Change(Change change)
    {
        var resource = change.ResourceChange;
        return new ResourceChange(
            Kind(resource),
            resource.LogicalResourceId,
            resource.ResourceType,
            string.IsNullOrEmpty(resource.PhysicalResourceId) ? null : resource.PhysicalResourceId,
            [
                .. (resource.Details ?? [])
                    .Select(detail => detail.Target?.Name)
                    .OfType<string>()
                    .Where(name => name.Length > 0)
                    .Distinct(StringComparer.Ordinal)
                    .Order(StringComparer.Ordinal),
            ]
        );
    }

    /// <summary>CloudFormation, ResourceChange: Replacement is told for a modification alone.</summary>
    private static ChangeKind Kind(Amazon.CloudFormation.Model.ResourceChange resource) =>
        (resource.Action?.Value, resource.Replacement?.Value) switch
        {
            ("Add" or "Import", _) => ChangeKind.Add,
            ("Remove", _) => ChangeKind.Remove,
            (_, "True") => ChangeKind.Replace,
            (_, "Conditional") or ("Dynamic", _) => ChangeKind.MayReplace,
            _ => ChangeKind.Change,
        };
}
