namespace Mlops.Local.Stacks.Wire;

/// <summary>Credentials that the local AWS maps to one account, and the region that calls go to.</summary>
/// <param name="AccountId">12 digits.</param>
/// <param name="AccessKeyId">What the local AWS finds the account by; it checks no secret.</param>
/// <param name="SecretAccessKey">Never checked locally, but clients ask for one.</param>
/// <param name="SessionToken">Null unless the credentials come from <c>sts:AssumeRole</c>.</param>
/// <param name="Region">For example <c>us-east-1</c>.</param>
public sealed record AwsAccount(
    string AccountId,
    string AccessKeyId,
    string SecretAccessKey,
    string? SessionToken,
    string Region
)
{
    /// <summary>The account that the Pulumi program runs in; moto's default, so any unknown credentials lead there.</summary>
    public static AwsAccount Orchestrator(string region) => new("123456789012", "testing", "testing", null, region);

    /// <inheritdoc />
    public override string ToString() => $"{AccountId} ({Region})";
}
