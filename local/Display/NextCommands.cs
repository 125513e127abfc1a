namespace Mlops.Local.Display;

/// <summary>What to try while a run stays; each line runs as pasted in a clean shell, in any folder.</summary>
public static class NextCommands
{
    private const string Environment = "AWS_ACCESS_KEY_ID=testing AWS_SECRET_ACCESS_KEY=testing AWS_DEFAULT_REGION=";

    /// <summary>The commands for a run and, when there is one, its example's pipeline and endpoint.</summary>
    /// <param name="info">The run.</param>
    /// <param name="root">The checkout.</param>
    /// <param name="infoFile">Null when the run has the usual place, which the command line finds by itself.</param>
    /// <param name="examplePath">The example's file.</param>
    /// <param name="pipeline">Null without an example.</param>
    /// <param name="endpoint">Null when none was deployed.</param>
    public static IReadOnlyList<NextCommand> For(
        SessionInfo info,
        string root,
        string? infoFile,
        string? examplePath,
        string? pipeline,
        string? endpoint
    )
    {
        var aws = $"{Environment}{info.Region} aws --endpoint-url {info.Aws}";
        var commands = new List<NextCommand>();
        if (examplePath is not null)
        {
            commands.Add(
                new NextCommand(
                    "a request, as any client sends it: the same again changes nothing",
                    $"curl -sS -H 'Content-Type: application/json' --data-binary @{Quoted(examplePath)} {info.Api}/provisionpipeline"
                )
            );
        }

        if (pipeline is not null)
        {
            commands.Add(new NextCommand("its stages", $"{aws} codepipeline get-pipeline-state --name {pipeline}"));
            commands.Add(
                new NextCommand(
                    "the same by our own command line",
                    $"{Quoted(Path.Combine(root, "mlops"))} --local{(infoFile is null ? "" : $" --info {Quoted(infoFile)}")} status {pipeline}"
                )
            );
        }

        commands.Add(new NextCommand("the endpoints in service", $"{aws} sagemaker list-endpoints"));
        if (endpoint is not null)
        {
            commands.Add(
                new NextCommand(
                    "ask the endpoint; the answer is moto's canned one, no model runs here",
                    $"{aws} sagemaker-runtime invoke-endpoint --endpoint-name {endpoint} --content-type text/csv --body MSwyLDM= /dev/stdout"
                )
            );
        }

        commands.Add(
            new NextCommand(
                "put a model of your own (here a new, empty file) into the assets bucket",
                $"touch my-model.tar.gz && {aws} s3 cp my-model.tar.gz s3://{info.AssetsBucket}/models/my-model.tar.gz"
            )
        );
        return commands;
    }

    private static string Quoted(string path) =>
        path.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '/' or '.' or '-' or '_')
            ? path
            : $"'{path.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
