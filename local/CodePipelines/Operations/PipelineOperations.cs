using System.Text.Json.Nodes;
using Mlops.Local.CodePipelines.Aws;
using Mlops.Local.CodePipelines.Definitions;
using Mlops.Local.CodePipelines.Executions;
using Mlops.Local.CodePipelines.Protocol;

namespace Mlops.Local.CodePipelines.Operations;

/// <summary>Pipelines themselves: create, get, update, delete, list.</summary>
internal sealed class PipelineOperations(PipelineStore store, ExecutionEngine engine, AwsAccess aws, TimeProvider clock)
{
    public IEnumerable<KeyValuePair<string, Operation>> All =>
        [
            new("CreatePipeline", new(RequestShapes.CreatePipeline, CreateAsync)),
            new("UpdatePipeline", new(RequestShapes.UpdatePipeline, UpdateAsync)),
            new("GetPipeline", Operation.Of(RequestShapes.GetPipeline, Get)),
            new("DeletePipeline", Operation.Of(RequestShapes.OnePipeline, Delete)),
            new("ListPipelines", Operation.Of(RequestShapes.ListPipelines, List)),
        ];

    private async Task<JsonObject?> CreateAsync(Caller caller, JsonObject input, CancellationToken cancellationToken)
    {
        var declaration = DeclarationReader.Read(input["pipeline"]!.AsObject(), version: 1);
        StructureRules.Require(declaration, caller.Region);
        if (declaration.Variables.FirstOrDefault(variable => variable.Default is null) is { } variable)
        {
            throw new ServiceException(
                "InvalidStructureException",
                $"The variable '{variable.Name}' has no default, and CreatePipeline starts an execution (the emulator asks for one)"
            );
        }

        await RequireRoleAsync(caller, declaration, cancellationToken);

        var pipeline = new Pipeline(caller.Account, caller.Region, declaration, clock.GetUtcNow());
        TagOperations.Add(pipeline, input["tags"]?.AsArray() ?? []);
        if (store.Of(caller).Count >= store.Quota)
        {
            throw new ServiceException(
                "LimitExceededException",
                $"An account has at most {store.Quota} pipelines in a region"
            );
        }

        if (!store.TryAdd(pipeline))
        {
            throw new ServiceException(
                "PipelineNameInUseException",
                $"A pipeline with the name '{declaration.Name}' already exists in account '{caller.Account}'"
            );
        }

        engine.Start(pipeline, "CreatePipeline", caller.Arn, [], Defaults(declaration));
        var answer = new JsonObject { ["pipeline"] = declaration.Json.DeepClone() };
        answer["tags"] = TagOperations.Write(pipeline);
        return answer;
    }

    private async Task<JsonObject?> UpdateAsync(Caller caller, JsonObject input, CancellationToken cancellationToken)
    {
        var json = input["pipeline"]!.AsObject();
        var pipeline = store.Require(caller, json.Text("name"));
        StructureRules.Require(DeclarationReader.Read(json, version: 1), caller.Region);
        await RequireRoleAsync(caller, DeclarationReader.Read(json, version: 1), cancellationToken);
        lock (pipeline.Gate)
        {
            var declaration = DeclarationReader.Read(json, pipeline.Declaration.Version + 1);
            pipeline.Replace(declaration, clock.GetUtcNow());
            engine.Outdate(pipeline);
            return new JsonObject { ["pipeline"] = declaration.Json.DeepClone() };
        }
    }

    private JsonObject Get(Caller caller, JsonObject input)
    {
        var pipeline = store.Require(caller, input.Text("name"));
        lock (pipeline.Gate)
        {
            var version = input["version"]?.GetValue<int>() ?? pipeline.Declaration.Version;
            var declaration =
                pipeline.Versions.Find(one => one.Version == version)
                ?? throw new ServiceException(
                    "PipelineVersionNotFoundException",
                    $"The pipeline '{pipeline.Name}' has no version {version}"
                );
            return new JsonObject
            {
                ["pipeline"] = declaration.Json.DeepClone(),
                ["metadata"] = new JsonObject
                {
                    ["pipelineArn"] = pipeline.Arn,
                    ["created"] = Wire.Epoch(pipeline.Created),
                    ["updated"] = Wire.Epoch(pipeline.Updated),
                },
            };
        }
    }

    /// <summary>A pipeline that is not there is deleted already: no error.</summary>
    private JsonObject? Delete(Caller caller, JsonObject input)
    {
        if (store.Remove(caller, input.Text("name")) is { } pipeline)
        {
            lock (pipeline.Gate)
            {
                pipeline.Deleted = true;
                engine.Outdate(pipeline);
                foreach (var execution in pipeline.Executions.Where(one => !one.IsOver))
                {
                    execution.Abandon();
                }
            }
        }

        return null;
    }

    private JsonObject List(Caller caller, JsonObject input) =>
        Wire.Page(
            input,
            "pipelines",
            store.Of(caller),
            1000,
            pipeline =>
            {
                lock (pipeline.Gate)
                {
                    return new JsonObject
                    {
                        ["name"] = pipeline.Name,
                        ["version"] = pipeline.Declaration.Version,
                        ["pipelineType"] = pipeline.Declaration.PipelineType,
                        ["executionMode"] = pipeline.Declaration.ExecutionMode,
                        ["created"] = Wire.Epoch(pipeline.Created),
                        ["updated"] = Wire.Epoch(pipeline.Updated),
                    };
                }
            }
        );

    private static Dictionary<string, string> Defaults(PipelineDeclaration declaration) =>
        declaration.Variables.ToDictionary(one => one.Name, one => one.Default!, StringComparer.Ordinal);

    /// <summary>The pipeline's role is there, in the caller's account, and trusts CodePipeline. Its permissions are not looked at.</summary>
    private async Task RequireRoleAsync(
        Caller caller,
        PipelineDeclaration declaration,
        CancellationToken cancellationToken
    )
    {
        var role = declaration.RoleArn;
        if (RoleSession.AccountOf(role) != caller.Account)
        {
            throw new ServiceException("AccessDeniedException", "Cross-account pass role is not allowed.");
        }

        try
        {
            var session = await aws.AssumeAsync(role, caller.Region, cancellationToken);
            if (!session.TrustPolicy.Contains("codepipeline.amazonaws.com", StringComparison.Ordinal))
            {
                throw new AwsCallException(
                    "AccessDenied",
                    $"CodePipeline is not authorized to perform AssumeRole on role {role}: its trust policy does not name codepipeline.amazonaws.com"
                );
            }
        }
        catch (AwsCallException e)
        {
            throw new ServiceException("InvalidStructureException", e.Message);
        }
    }
}
