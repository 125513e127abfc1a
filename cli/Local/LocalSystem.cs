using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mlops.Cli.Local;

/// <summary>What <c>mlops local</c> writes about itself, as far as the command line needs it.</summary>
/// <param name="Api">Address of the API with its stage.</param>
/// <param name="Region">The region that it plays.</param>
/// <param name="Aws">Where every AWS service answers.</param>
/// <param name="AssetsBucket">Name of the bucket for models and data.</param>
public sealed record LocalSystem(Uri Api, string Region, Uri? Aws = null, string? AssetsBucket = null)
{
    /// <summary>Where it is written, below the repository's folder.</summary>
    public static readonly string InfoFile = Path.Combine(".mlops", "local.json");

    /// <summary>Reads the file that the option names, or else the one of this checkout.</summary>
    /// <exception cref="ExpectedFailureException">Nothing runs, or the file is none of ours.</exception>
    public static LocalSystem Read(string? infoFile, CliServices services)
    {
        var file = infoFile is null ? Find(services) : Path.Combine(services.WorkingFolder, infoFile);
        try
        {
            return
                JsonSerializer.Deserialize(File.ReadAllBytes(file), LocalJson.Default.LocalSystem)
                    is { Api: not null } system
                ? system
                : throw new ExpectedFailureException($"{file} does not say where the API is.", Remedy);
        }
        catch (Exception problem) when (problem is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ExpectedFailureException($"Nothing runs locally: there is no {file}.", Remedy, problem);
        }
        catch (Exception problem) when (problem is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new ExpectedFailureException($"{file} cannot be read: {problem.Message}", Remedy, problem);
        }
    }

    internal const string Remedy = "Start it in another terminal: ./mlops local";

    private static string Find(CliServices services)
    {
        if (services.ReadEnvironment(CliEnvironment.Root) is { Length: > 0 } root)
        {
            return Path.Combine(root, InfoFile);
        }

        for (var folder = new DirectoryInfo(services.WorkingFolder); folder is not null; folder = folder.Parent)
        {
            var file = Path.Combine(folder.FullName, InfoFile);
            if (File.Exists(file))
            {
                return file;
            }
        }

        return Path.Combine(services.WorkingFolder, InfoFile);
    }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(LocalSystem))]
internal sealed partial class LocalJson : JsonSerializerContext;
