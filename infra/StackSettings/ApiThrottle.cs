namespace Mlops.Infra;

/// <summary>How many calls the provisioning API takes; more are answered with 429.</summary>
/// <param name="RatePerSecond">Calls a second over time; above 0, at most <see cref="RateLimit"/>.</param>
/// <param name="Burst">Calls at once; 1 to <see cref="BurstLimit"/>.</param>
public sealed record ApiThrottle(double RatePerSecond, int Burst)
{
    /// <summary>Calls a second that API Gateway gives all APIs of an account and region together (its quotas).</summary>
    public const double RateLimit = 10_000;

    /// <summary>Calls at once that it gives them (its quotas).</summary>
    public const int BurstLimit = 5_000;

    /// <summary>Ten a second, twenty at once: more than people and build jobs send.</summary>
    public static ApiThrottle Default { get; } = new(RatePerSecond: 10, Burst: 20);
}
