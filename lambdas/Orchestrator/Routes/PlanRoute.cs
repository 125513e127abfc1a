using Amazon.Lambda.APIGatewayEvents;
using Mlops.Orchestrator.Http;
using Mlops.Provisioning;
using Mlops.Provisioning.Api;
using Mlops.Provisioning.CodePipelines;
using Mlops.Provisioning.Configs;

namespace Mlops.Orchestrator.Routes;

/// <summary><c>POST /plan</c>: what the config file would do if it came from the deployment's source of such files.</summary>
public sealed class PlanRoute(ConfigPlanner planner, ProvisioningSettings settings, Answers answers) : IRoute
{
    /// <inheritdoc />
    public ApiRoute Route => ApiRoutes.Plan;

    /// <inheritdoc />
    public async Task<APIGatewayProxyResponse> AnswerAsync(RouteRequest request, CancellationToken cancellationToken) =>
        await planner.PlanAsync(request.Body, settings.ConfigSource, cancellationToken) switch
        {
            Answered<ConfigPlan> told => Answers.Ok(told.Answer.ToJson()),
            Declined<ConfigPlan> declined => answers.Refused(declined.Refusal, request.RequestId),
            var other => throw new NotSupportedException($"{other.GetType()} has no answer."),
        };
}
