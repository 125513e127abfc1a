namespace Mlops.Infra;

/// <summary>Reads the ARN of a web ACL that can stand before a stage of API Gateway: regional, here, and ours.</summary>
internal static class WebAclSetting
{
    public static string? Read(StackSettingsReader reader, string key, string region, string? accountId)
    {
        var arn = reader.Value(key);
        if (arn is not null && WhyNot(arn, region, accountId) is { } why)
        {
            reader.Problem(
                key,
                why,
                SettingCommand.Set(
                    key,
                    $"arn:aws:wafv2:{region}:{accountId ?? "123456789012"}:regional/webacl/my-acl/11111111-2222-3333-4444-555555555555"
                )
            );
        }

        return arn;
    }

    private static string? WhyNot(string arn, string region, string? accountId)
    {
        var parts = SettingFormats.WebAclArn().Match(arn);
        if (!parts.Success)
        {
            return $"\"{arn}\" is not the ARN of a web ACL of AWS WAF (`aws wafv2 list-web-acls --scope REGIONAL` lists them)";
        }

        return parts.Groups["scope"].Value != "regional"
                ? $"\"{arn}\" is a web ACL for CloudFront; before an API stands a regional one"
            : parts.Groups["region"].Value != region
                ? $"\"{arn}\" is of {parts.Groups["region"].Value}; the API is in {region}, and needs one from there"
            : accountId is not null && parts.Groups["account"].Value != accountId
                ? $"\"{arn}\" is of account {parts.Groups["account"].Value}; the API is in {accountId}, and needs one from there"
            : null;
    }
}
