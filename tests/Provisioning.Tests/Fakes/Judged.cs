using System.Text;
using Mlops.Provisioning.Requests;

namespace Mlops.Provisioning.Tests.Fakes;

/// <summary>A request read and judged in one go.</summary>
internal sealed record Judged(ValidatedRequest? Request, IReadOnlyList<Finding> Findings)
{
    public static Judged By(string json, ValidationScope? scope = null, string? folder = null)
    {
        if (!PipelineRequest.TryParse(Encoding.UTF8.GetBytes(json), out var request, out var findings))
        {
            return new Judged(null, findings);
        }

        var validated = Deployments
            .Validator(folder)
            .Validate(request, scope ?? Deployments.Single().Scope, out findings);
        return new Judged(validated, findings);
    }
}
