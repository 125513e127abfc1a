namespace Mlops.Provisioning.CodePipelines;

/// <summary>
/// What is kept with the answer to an approval: who, and why. CodePipeline notes the caller of its own API, which for
/// answers through ours is the Orchestrator, so the summary begins with who asked the Orchestrator.
/// </summary>
internal static class AnswerSummary
{
    private const string Separator = ": ";

    /// <summary>Within CodePipeline's limit, without half of a character at its end.</summary>
    public static string Of(string? caller, string comment)
    {
        var text = string.Concat(
            $"{caller ?? "somebody"}{Separator}{comment}".Select(letter => char.IsControl(letter) ? ' ' : letter)
        );
        var length = Math.Min(text.Length, ApprovalAnswer.SummaryLimit);
        return length < text.Length && char.IsHighSurrogate(text[length - 1]) ? text[..(length - 1)] : text[..length];
    }

    /// <summary>
    /// Who answered: the summary is believed only where the Orchestrator wrote it. Anybody else who may answer by
    /// CodePipeline's own API could put another's name there.
    /// </summary>
    public static (string? By, string? Summary) Read(ActionExecution answer, ProvisioningSettings settings)
    {
        var end = answer.Summary?.IndexOf(Separator, StringComparison.Ordinal) ?? -1;
        return end > 0 && answer.LastUpdatedBy == Orchestrator(settings)
            ? (answer.Summary![..end], answer.Summary[(end + Separator.Length)..])
            : (answer.LastUpdatedBy, answer.Summary);
    }

    /// <summary>A function's session has the function's name (Lambda, execution role).</summary>
    private static string Orchestrator(ProvisioningSettings settings)
    {
        var name = DeploymentNames.OrchestratorFunction(settings.Deployment.DeploymentName);
        return $"arn:{settings.Deployment.Partition}:sts::{settings.OrchestratorAccount}:assumed-role/{name}/{name}";
    }
}
