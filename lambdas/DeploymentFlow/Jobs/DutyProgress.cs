using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mlops.DeploymentFlow.Jobs;

/// <summary>What a duty remembers from one invocation to the next: the continuation token, as JSON.</summary>
/// <param name="Since">When the duty was first asked for, in seconds since 1970.</param>
public sealed record DutyProgress(long Since)
{
    /// <summary>What the duty itself wants to be told again; short, the token has 2,048 characters at most.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Memory { get; init; }

    /// <summary>The token of a continued job, or a fresh start. Whoever sends a token that is not ours starts anew.</summary>
    public static DutyProgress Read(string? continuationToken, TimeProvider clock)
    {
        if (!string.IsNullOrEmpty(continuationToken))
        {
            try
            {
                return JsonSerializer.Deserialize(continuationToken, DeploymentFlowJson.Default.DutyProgress)
                    ?? Start(clock);
            }
            catch (JsonException) { }
        }

        return Start(clock);
    }

    /// <summary>As CodePipeline hands it back.</summary>
    public string ToToken() => JsonSerializer.Serialize(this, DeploymentFlowJson.Default.DutyProgress);

    /// <summary>How long the duty has been going on.</summary>
    public TimeSpan Elapsed(TimeProvider clock) => clock.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(Since);

    private static DutyProgress Start(TimeProvider clock) => new(clock.GetUtcNow().ToUnixTimeSeconds());
}
