using System.Text;
using System.Text.Json.Nodes;
using Mlops.Local.Display;
using Mlops.Local.Processes;
using Mlops.Local.Stacks.Wire;
using Mlops.Provisioning.Blueprints;
using Mlops.Provisioning.Images;
using Mlops.Provisioning.Requests;

namespace Mlops.Local.Examples;

/// <summary>
/// Does with the SageMaker Model Registry what a data scientist and then an approver do, so that an example that names a
/// model package can be deployed. Each step is told.
/// </summary>
/// <param name="aws">The local AWS.</param>
/// <param name="info">The run.</param>
/// <param name="account">The orchestrator account.</param>
/// <param name="blueprints">All that the run knows.</param>
/// <param name="display">Where it is told.</param>
public sealed class ModelRegistration(
    LocalAws aws,
    SessionInfo info,
    AwsAccount account,
    BlueprintCatalog blueprints,
    IDisplay display
)
{
    /// <summary>Registers the model of an example, approves it, and answers the ARN of the package.</summary>
    /// <param name="model">The example with the model's file and image.</param>
    /// <param name="package">The package that the example names: its group is made where the program made none.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<string> RegisterAsync(Example model, string package, CancellationToken cancellationToken)
    {
        var group = await GroupAsync(package, cancellationToken);
        var registered = await CallAsync(
            "CreateModelPackage",
            new JsonObject
            {
                ["ModelPackageGroupName"] = group,
                ["ModelApprovalStatus"] = "PendingManualApproval",
                ["InferenceSpecification"] = Specification(model),
            },
            cancellationToken
        );
        var arn = (string)registered["ModelPackageArn"]!;
        display.Show(new Note($"Registered the example's model as {arn}: PendingManualApproval."));
        await CallAsync(
            "UpdateModelPackage",
            new JsonObject { ["ModelPackageArn"] = arn, ["ModelApprovalStatus"] = "Approved" },
            cancellationToken
        );
        display.Show(new Note("Approved it: a pipeline refuses a model package that is not Approved."));
        return arn;
    }

    private async Task<string> GroupAsync(string package, CancellationToken cancellationToken)
    {
        if (info.ModelRegistryArn is { } made)
        {
            var own = made.Split('/')[^1];
            display.Show(new Note($"Model package group {own}: the stack has made it (mlops:createModelRegistry)."));
            return own;
        }

        // arn:…:model-package/GROUP/VERSION
        var group = package.Split('/') is [_, var named, _]
            ? named
            : throw new StartFailedException($"The example's model_package_name has no group: {package}");
        await CallAsync(
            "CreateModelPackageGroup",
            new JsonObject { ["ModelPackageGroupName"] = group },
            cancellationToken
        );
        display.Show(
            new Note($"Model package group {group}: made as one of the user's own, since the stack makes none.")
        );
        return group;
    }

    private JsonObject Specification(Example model)
    {
        var container = new JsonObject
        {
            ["Image"] = Image(model),
            ["ModelDataUrl"] = $"s3://{info.AssetsBucket}/{model.Request[ExampleRun.ModelKey]}",
        };
        return new JsonObject
        {
            ["Containers"] = new JsonArray(container),
            ["SupportedContentTypes"] = new JsonArray("text/csv"),
            ["SupportedResponseMIMETypes"] = new JsonArray("text/csv"),
        };
    }

    /// <summary>The image that the API would find for this example.</summary>
    private string Image(Example model)
    {
        var scope = ValidationScope.Offline with { Region = info.Region };
        var validator = new RequestValidator(blueprints, new ImageCatalog());
        var json = Encoding.UTF8.GetBytes(model.Request.ToJsonString());
        if (
            PipelineRequest.TryParse(json, out var request, out var findings)
            && validator.Validate(request, scope, out findings) is { } valid
        )
        {
            return valid.ImageUri(scope.Targets[0]);
        }

        throw new StartFailedException($"{model.Path} is not valid: {findings[0].Message} {findings[0].Remedy}");
    }

    private Task<JsonObject> CallAsync(string operation, JsonObject request, CancellationToken cancellationToken) =>
        aws.JsonAsync(account, "sagemaker", $"SageMaker.{operation}", request, cancellationToken);
}
