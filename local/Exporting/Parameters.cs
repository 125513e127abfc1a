using System.Text.Json.Nodes;

namespace Mlops.Local.Exporting;

/// <summary>What the program is given from outside, and a template has as parameters.</summary>
internal static class Parameters
{
    /// <summary>The program hands Lambda a file.</summary>
    public const string PackagesBucket = "PackagesBucket";

    /// <summary>The program asks AWS for it.</summary>
    public const string ExistingAssetsKey = "ExistingAssetsKeyArn";

    /// <summary>Start of what a target is told of the orchestrator account.</summary>
    public const string Home = "Home";

    /// <summary>The program is told it.</summary>
    public const string HomeAccount = $"{Home}AccountId";

    private static readonly (string Name, string Description)[] All =
    [
        (HomeAccount, "The orchestrator account"),
        (ExistingAssetsKey, "Key of the existing assets bucket, which the program looks up itself"),
        (PackagesBucket, "Bucket with the packages of the functions, which the program hands to Lambda itself"),
    ];

    private static bool IsOfHome(string name) => name.StartsWith(Home, StringComparison.Ordinal) && name != HomeAccount;

    /// <summary>Those that are used.</summary>
    public static JsonObject Used(IEnumerable<string> references)
    {
        var used = references.ToHashSet(StringComparer.Ordinal);
        var parameters = new JsonObject();
        foreach (var (name, description) in All.Where(parameter => used.Contains(parameter.Name)))
        {
            parameters[name] = new JsonObject { ["Type"] = "String", ["Description"] = description };
        }

        foreach (var name in used.Where(IsOfHome).Order(StringComparer.Ordinal))
        {
            parameters[name] = new JsonObject
            {
                ["Type"] = "String",
                ["Description"] = "Of the orchestrator account, which the program takes from there itself",
            };
        }

        return parameters;
    }
}
