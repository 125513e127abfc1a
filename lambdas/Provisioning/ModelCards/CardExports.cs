using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Mlops.Provisioning.CodePipelines;

namespace Mlops.Provisioning.ModelCards;

/// <summary>
/// Starts exports and tells how they go. The name of a job comes from card and version, so the same request again asks
/// after the export that it began.
/// </summary>
internal sealed class CardExports(IModelCards cards, ProvisioningSettings settings)
{
    private const int NameLimit = 63;
    private const int HashLength = 8;

    public async Task<ProvisionOutcome> ExportAsync(CardRequest card, CancellationToken cancellationToken)
    {
        var found =
            await cards.FindAsync(card.Name, card.Version, cancellationToken) ?? throw CardProblems.NoCard(card);
        var job = card.ExportJobName ?? JobName(card.Name, found.Version);
        var arn =
            $"arn:{settings.Deployment.Partition}:sagemaker:{settings.Deployment.Region}:{settings.OrchestratorAccount}:model-card/{card.Name}/export-job/{job}";
        var path = $"s3://{settings.Deployment.AssetsBucket}/{DeploymentNames.ModelCardExports}";
        if (await cards.FindExportAsync(arn, cancellationToken) is not { } export)
        {
            await cards.StartExportAsync(card.Name, found.Version, job, path, cancellationToken);
            return Answer(
                202,
                $"The export of the model card {card.Name} to {path} was started.",
                job,
                arn,
                "InProgress"
            );
        }

        if (export.Card != card.Name || export.Version != found.Version)
        {
            throw CardProblems.OtherExport(job, export);
        }

        return export.Status switch
        {
            "Completed" => Answer(
                200,
                $"The model card {card.Name} was exported to {export.Artifacts}.",
                job,
                arn,
                export.Status
            ),
            "Failed" => throw CardProblems.ExportFailed(job, export.FailureReason),
            _ => Answer(202, $"The export of the model card {card.Name} to {path} goes on.", job, arn, export.Status),
        };
    }

    private static CardAnswered Answer(int code, string message, string job, string arn, string status) =>
        new(
            code,
            new JsonObject
            {
                ["message"] = message,
                ["export_job_name"] = job,
                ["export_job_arn"] = arn,
                ["status"] = status,
            }
        );

    private static string JobName(string card, int version)
    {
        var end = $"-v{version}";
        if (card.Length + end.Length <= NameLimit)
        {
            return card + end;
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(card)))[..HashLength];
        return $"{card[..(NameLimit - end.Length - HashLength - 1)].TrimEnd('-')}-{hash}{end}";
    }
}
