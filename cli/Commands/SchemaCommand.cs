using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mlops.Cli.Display;
using Mlops.Cli.Requests;
using Mlops.Provisioning.Blueprints;
using Mlops.Provisioning.Schemas;

namespace Mlops.Cli.Commands;

/// <summary><c>mlops schema [TYPE]</c>: prints the JSON Schema of requests, made of the blueprints' manifests.</summary>
public sealed class SchemaCommand(CliConsole console)
{
    private const string Line = "\n";

    /// <summary>Runs the command.</summary>
    /// <exception cref="ExpectedFailureException">There is no such pipeline type.</exception>
    public ExitCode Run(BlueprintCatalog catalog, SchemaCommandSettings settings)
    {
        var scope = new SchemaScope { UseModelRegistry = settings.UseModelRegistry, Strict = settings.Strict };
        var schema = settings.Type is { } type
            ? KnownTypes.Schema(catalog, type, scope)
            : RequestSchema.OfAll(catalog, scope);
        CliConsole.WriteLine(console.Output, Text(schema, indented: settings.Global.Output == OutputFormat.Text));
        return ExitCode.Done;
    }

    private static string Text(JsonObject schema, bool indented)
    {
        using var text = new MemoryStream();
        var options = new JsonWriterOptions
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            Indented = indented,
            NewLine = Line,
        };
        using (var writer = new Utf8JsonWriter(text, options))
        {
            schema.WriteTo(writer);
        }

        return System.Text.Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
    }
}
