namespace Mlops.Local.CodePipelines.Protocol;

/// <summary>Who sent a request, and where to: pipelines live in an account and a region.</summary>
internal sealed record Caller(string Account, string Region, string Arn);
