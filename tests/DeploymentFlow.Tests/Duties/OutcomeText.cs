using Mlops.DeploymentFlow.Duties;

namespace Mlops.DeploymentFlow.Tests.Duties;

internal static class OutcomeText
{
    public static string Of(DutyOutcome outcome) =>
        outcome switch
        {
            DutyOutcome.Done done => done.Summary,
            DutyOutcome.Waiting waiting => waiting.Summary,
            DutyOutcome.TakenOver other => other.Summary,
            DutyOutcome.Failed failed => failed.Message,
            _ => "",
        };
}
