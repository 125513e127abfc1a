using Mlops.Provisioning.Blueprints;

namespace Mlops.Cli.Requests;

/// <summary>The blueprints that a command knows: ours, and those that <c>--blueprints</c> names.</summary>
internal static class Catalogs
{
    /// <exception cref="ExpectedFailureException">A folder is no blueprint, or has a name or type that another has.</exception>
    public static BlueprintCatalog Open(CliServices services, IReadOnlyList<string> own)
    {
        if (own.Count == 0)
        {
            return BlueprintCatalog.Open(services.BlueprintFolder);
        }

        foreach (var path in own)
        {
            Read(path, services);
        }

        var catalog = BlueprintCatalog.Open(
            services.BlueprintFolder,
            [.. own.Select(path => Path.GetFullPath(path, services.WorkingFolder)).Distinct()]
        );
        try
        {
            _ = catalog.All();
            return catalog;
        }
        catch (BlueprintException taken)
        {
            throw new ExpectedFailureException(taken.Message, "Call yours another name.", taken);
        }
    }

    private static void Read(string path, CliServices services)
    {
        try
        {
            _ = Blueprint.Read(Path.GetFullPath(path, services.WorkingFolder));
        }
        catch (BlueprintException broken)
        {
            var entry = services.ReadEnvironment(CliEnvironment.Root) is null ? "mlops" : "./mlops";
            throw new ExpectedFailureException(
                $"{path} is not a blueprint: {broken.Message}",
                $"All that is wrong with it: {entry} blueprint check {path}",
                broken
            );
        }
    }
}
