namespace Mlops.Infra.Operations;

/// <summary>A rule of ours that tells the topic, a function or a pipeline of something, and may fail to.</summary>
/// <param name="Name">Its name, which no other rule of ours has on any bus.</param>
/// <param name="Bus">Name of its event bus; null: the account's default bus.</param>
public sealed record TellingRule(string Name, string? Bus = null)
{
    /// <summary>What its ARN has after <c>rule/</c> (EventBridge, ARN format).</summary>
    public string Path => Bus is null ? Name : $"{Bus}/{Name}";

    /// <summary>How CloudWatch knows it: rules of another bus are told apart by that, too.</summary>
    public IReadOnlyList<(string Name, string Value)> Dimensions =>
        Bus is null ? [("RuleName", Name)] : [("EventBusName", Bus), ("RuleName", Name)];
}
