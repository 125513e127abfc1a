namespace Mlops.Local.CodePipelines.Aws;

/// <summary>Looks whether a role is there and whom it trusts: the local STS hands out sessions of roles that nobody made.</summary>
internal sealed class IamClient(QueryClient query)
{
    /// <returns>The trust policy as IAM returns it, URL-decoded.</returns>
    /// <exception cref="AwsCallException">There is no such role.</exception>
    public async Task<string> RequireRoleAsync(string roleArn, CancellationToken cancellationToken)
    {
        var name = roleArn[(roleArn.LastIndexOf('/') + 1)..];
        try
        {
            var answer = await query.CallAsync("GetRole", [new("RoleName", name)], cancellationToken);
            var role = answer.Descendants().First(element => element.Name.LocalName == "Role");
            if (role.Child("Arn")?.Value != roleArn)
            {
                throw Missing(roleArn);
            }

            return Uri.UnescapeDataString(role.Child("AssumeRolePolicyDocument")?.Value ?? "");
        }
        catch (AwsCallException e) when (e.Code is "NoSuchEntity" or "NoSuchEntityException")
        {
            throw Missing(roleArn);
        }
    }

    private static AwsCallException Missing(string roleArn) =>
        new(
            "AccessDenied",
            $"CodePipeline is not authorized to perform AssumeRole on role {roleArn}: there is no such role"
        );
}
