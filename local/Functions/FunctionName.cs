namespace Mlops.Local.Functions;

/// <summary>The spellings under which Lambda takes a function: name, <c>name:qualifier</c>, <c>account:function:name</c>, and the ARN.</summary>
public static class FunctionName
{
    /// <summary>The bare name. Versions and aliases are left out: local has one version.</summary>
    public static string Of(string nameOrArn)
    {
        var parts = nameOrArn.Split(':');
        var marker = Array.IndexOf(parts, "function");
        return marker >= 0 && marker + 1 < parts.Length ? parts[marker + 1] : parts[0];
    }
}
