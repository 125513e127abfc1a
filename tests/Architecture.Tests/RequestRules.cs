using System.Text;
using Mlops.Provisioning;
using Mlops.Provisioning.Blueprints;
using Mlops.Provisioning.Configs;
using Mlops.Provisioning.Images;
using Mlops.Provisioning.ModelCards;
using Mlops.Provisioning.Requests;

namespace Mlops.Architecture.Tests;

/// <summary>What <c>mlops validate</c> says of a request in the docs.</summary>
internal static class RequestRules
{
    private static readonly RequestValidator Validator = new(
        BlueprintCatalog.Open(Path.Combine(Checkout.Root, "blueprints")),
        new ImageCatalog()
    );

    /// <summary>None for a request that is valid in a deployment with one account, or with the targets dev, staging and prod.</summary>
    public static IReadOnlyList<Finding> Findings(string request)
    {
        var findings = Findings(request, ValidationScope.Offline);
        return findings.Any(finding => finding.Code == FindingCodes.OneValueOnly)
            ? Findings(
                request,
                ValidationScope.Offline with
                {
                    AccountMode = AccountMode.Multi,
                    Targets = ["dev", "staging", "prod"],
                }
            )
            : findings;
    }

    private static IReadOnlyList<Finding> Findings(string text, ValidationScope scope)
    {
        if (text.Contains("\"pipelines\"", StringComparison.Ordinal))
        {
            return ConfigFile.TryParse(Encoding.UTF8.GetBytes(text), out var file, out var wrong)
                ? new ConfigJudge(
                    (PipelineRequest one, out IReadOnlyList<Finding> found) => Validator.Validate(one, scope, out found)
                )
                    .Judge(file)
                    .Findings
                : wrong;
        }

        if (!PipelineRequest.TryParse(Encoding.UTF8.GetBytes(text), out var request, out var findings))
        {
            return findings;
        }

        if (CardRequests.IsOne(request))
        {
            CardRequests.Read(request, out findings);
        }
        else
        {
            Validator.Validate(request, scope, out findings);
        }

        return findings;
    }
}
