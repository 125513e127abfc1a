using System.CommandLine;
using Mlops.Cli.Commands;

namespace Mlops.Cli.Words;

internal static class UploadWords
{
    public static Command Command(CommandContext context)
    {
        var file = new Argument<string>("FILE")
        {
            Description = "The file: a model's tar.gz, or data.",
            Validators = { Parsing.NoOption },
        };
        var key = new Option<string?>("--key")
        {
            Description =
                "Where in the assets bucket; with a slash at its end the file's name is added (default: models/<start of its SHA-256>/<its name>, so that another file gets another key).",
            HelpName = "KEY",
        };
        var bucket = new Option<string?>("--bucket")
        {
            Description =
                $"The assets bucket, as `pulumi stack output assetsBucket` prints it (default: {CliEnvironment.AssetsBucket}; with --local that system's).",
            HelpName = "NAME",
        };
        var command = new Command("upload", "Put a file into the assets bucket, and say the key that a request names.")
        {
            file,
            key,
            bucket,
        };
        command.SetAction(
            async (line, cancellation) =>
                (int)
                    await new UploadCommand(context.Console, context.Services).RunAsync(
                        new UploadCommandSettings(context.Global(line), line.GetRequiredValue(file))
                        {
                            Key = line.GetValue(key),
                            Bucket = line.GetValue(bucket),
                        },
                        cancellation
                    )
        );
        return command;
    }
}
