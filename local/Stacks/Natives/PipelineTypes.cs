using System.Text.Json.Nodes;

namespace Mlops.Local.Stacks.Natives;

/// <summary>Pipelines that the program declares.</summary>
internal static class PipelineTypes
{
    /// <summary>
    /// They are made after all else, by the emulator of CodePipeline, which needs the functions; a run ends when that fails
    /// (<see cref="Programs.DeclaredParts.CreatePipelinesAsync"/>).
    /// </summary>
    public static IEnumerable<NativeType> All =>
        [
            new(
                "AWS::CodePipeline::Pipeline",
                static (pipeline, _, _) =>
                {
                    var properties = pipeline.Declared.DeepClone().AsObject();
                    properties["Version"] = "1";
                    return Task.FromResult(properties);
                }
            )
            {
                NameProperty = "Name",
                Tagged = true,
                CreateAsync = static (pipeline, _) => Task.FromResult(pipeline.Text("Name")),
            },
        ];
}
