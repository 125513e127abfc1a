using System.Text.Json;
using System.Text.Json.Serialization;
using Mlops.Cli.Display;
using Mlops.Provisioning.Api;

namespace Mlops.Cli.Commands;

/// <summary><c>mlops approve NAME [TARGET]</c> and <c>mlops reject NAME [TARGET]</c>: answer what waits for an approval.</summary>
public sealed class AnswerCommand(CliConsole console, CliServices services)
{
    /// <summary>Runs the command.</summary>
    /// <exception cref="ExpectedFailureException">Nothing waits there, or whoever calls may not answer.</exception>
    public Task<ExitCode> RunAsync(AnswerCommandSettings settings, CancellationToken cancellation) =>
        new PipelineCall(console, services, settings.Global).RunAsync(
            settings.Target is null ? ApiRoutes.Approval : ApiRoutes.StageApproval,
            [
                (ApiRoutes.PipelineName, PipelineCall.NameOf(settings.Pipeline)),
                .. settings.Target is { } target ? [(ApiRoutes.StageName, target)] : Array.Empty<(string, string)>(),
            ],
            JsonSerializer.SerializeToUtf8Bytes(
                new ApprovalQuestion(settings.Decision, settings.Comment),
                ApprovalJson.Default.ApprovalQuestion
            ),
            cancellation
        );
}

/// <summary>Body of the answer.</summary>
internal sealed record ApprovalQuestion(string Decision, string Comment);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ApprovalQuestion))]
internal sealed partial class ApprovalJson : JsonSerializerContext;
