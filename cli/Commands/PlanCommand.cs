using System.Text.Json;
using Mlops.Cli.Api;
using Mlops.Cli.Display;
using Mlops.Cli.Requests;
using Mlops.Provisioning.Api;
using Mlops.Provisioning.Configs;
using Mlops.Provisioning.Requests;
using Spectre.Console;

namespace Mlops.Cli.Commands;

/// <summary><c>mlops plan FILE</c>: what a config file would change.</summary>
public sealed class PlanCommand(CliConsole console, CliServices services)
{
    /// <summary>Runs the command.</summary>
    /// <exception cref="ExpectedFailureException">The file cannot be read or sent, or would be refused.</exception>
    public async Task<ExitCode> RunAsync(GlobalSettings settings, string name, CancellationToken cancellation)
    {
        var file = await RequestFile.ReadAsync(name, services, cancellation);
        if (!ConfigFile.TryParse(file.Content, out _, out var findings))
        {
            throw Refused(file, $"{file.Name} is not a config file; nothing was sent.", null, findings);
        }

        var api = PipelineApi.Of(settings, services);
        byte[] answer;
        try
        {
            answer = await api.SendAsync(ApiRoutes.Plan, file.Content, cancellation);
        }
        catch (ExpectedFailureException refusal) when (refusal.Findings.Count > 0)
        {
            throw Refused(file, $"{file.Name} would be refused.", refusal.Status, refusal.Findings);
        }

        var plan = Read(answer);
        if (settings.Output == OutputFormat.Json)
        {
            using var document = ApiAnswer.Parse(answer);
            console.WriteJson(document.RootElement, JsonElementJson.Default.JsonElement);
        }
        else
        {
            PlanText.Write(console.Output, plan);
        }

        return plan.HasDifference ? ExitCode.Different : ExitCode.Done;
    }

    private static ExpectedFailureException Refused(
        RequestFile file,
        string message,
        int? status,
        IReadOnlyList<Finding> findings
    ) =>
        new(message, "Put right what is listed.")
        {
            Status = status,
            File = file.Name,
            Findings = findings,
        };

    private static ConfigPlan Read(byte[] answer)
    {
        try
        {
            return ConfigPlan.Read(answer);
        }
        catch (JsonException problem)
        {
            throw new ExpectedFailureException(
                $"The answer is not a plan: {problem.Message}",
                "Check the address of the API and its stage.",
                problem
            );
        }
    }
}
