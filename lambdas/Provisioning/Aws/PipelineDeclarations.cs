using Amazon.CodePipeline;
using Amazon.CodePipeline.Model;
using Mlops.Provisioning.CodePipelines;

namespace Mlops.Provisioning.Aws;

/// <summary>Our definition of a pipeline as CodePipeline's, and back.</summary>
internal static class PipelineDeclarations
{
    public static PipelineDeclaration ToDeclaration(PipelineDefinition definition) =>
        new()
        {
            Name = definition.Name,
            RoleArn = definition.RoleArn,
            PipelineType = definition.PipelineType,
            ExecutionMode = definition.ExecutionMode,
            ArtifactStore = new ArtifactStore
            {
                Type = ArtifactStoreType.S3,
                Location = definition.ArtifactBucket,
                EncryptionKey = definition.ArtifactKeyArn is { } key
                    ? new EncryptionKey { Id = key, Type = EncryptionKeyType.KMS }
                    : null,
            },
            Stages =
            [
                .. definition.Stages.Select(stage => new StageDeclaration
                {
                    Name = stage.Name,
                    Actions = [.. stage.Actions.Select(ToDeclaration)],
                }),
            ],
        };

    public static PipelineDefinition ToDefinition(PipelineDeclaration declaration) =>
        new()
        {
            Name = declaration.Name,
            RoleArn = declaration.RoleArn,
            ArtifactBucket = declaration.ArtifactStore?.Location ?? "",
            ArtifactKeyArn = declaration.ArtifactStore?.EncryptionKey?.Id,
            // What AWS assumes where a declaration says nothing.
            PipelineType = declaration.PipelineType?.Value ?? "V1",
            ExecutionMode = declaration.ExecutionMode?.Value ?? "SUPERSEDED",
            Stages =
            [
                .. (declaration.Stages ?? []).Select(stage => new StageDefinition(
                    stage.Name,
                    [.. (stage.Actions ?? []).Select(ToDefinition)]
                )),
            ],
        };

    private static ActionDeclaration ToDeclaration(ActionDefinition action) =>
        new()
        {
            Name = action.Name,
            ActionTypeId = new ActionTypeId
            {
                Category = action.Kind.Category,
                Owner = action.Kind.Owner,
                Provider = action.Kind.Provider,
                Version = action.Kind.Version,
            },
            RunOrder = action.RunOrder,
            Configuration = action.Configuration.ToDictionary(),
            InputArtifacts = [.. action.Inputs.Select(name => new InputArtifact { Name = name })],
            OutputArtifacts = [.. action.Outputs.Select(name => new OutputArtifact { Name = name })],
            Namespace = action.Namespace,
            RoleArn = action.RoleArn,
            TimeoutInMinutes = action.TimeoutInMinutes,
            Region = action.Region,
        };

    private static ActionDefinition ToDefinition(ActionDeclaration action) =>
        new()
        {
            Name = action.Name,
            Kind = new ActionKind(
                action.ActionTypeId.Category.Value,
                action.ActionTypeId.Owner.Value,
                action.ActionTypeId.Provider,
                action.ActionTypeId.Version
            ),
            RunOrder = action.RunOrder ?? 1,
            Configuration = action.Configuration ?? [],
            Inputs = [.. (action.InputArtifacts ?? []).Select(artifact => artifact.Name)],
            Outputs = [.. (action.OutputArtifacts ?? []).Select(artifact => artifact.Name)],
            Namespace = action.Namespace,
            RoleArn = action.RoleArn,
            TimeoutInMinutes = action.TimeoutInMinutes,
            Region = action.Region,
        };
}
