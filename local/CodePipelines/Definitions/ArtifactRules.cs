using Mlops.Local.CodePipelines.Protocol;

namespace Mlops.Local.CodePipelines.Definitions;

/// <summary>Artifacts: each is made once, and used only after it was made.</summary>
internal static class ArtifactRules
{
    public static void Require(PipelineDeclaration pipeline)
    {
        var made = new HashSet<string>(StringComparer.Ordinal);
        foreach (var stage in pipeline.Stages)
        {
            foreach (var group in stage.Actions.GroupBy(action => action.RunOrder).OrderBy(group => group.Key))
            {
                foreach (var action in group)
                {
                    RequireMade(action, stage, made);
                }

                foreach (var (action, output) in group.SelectMany(one => one.Outputs.Select(output => (one, output))))
                {
                    if (!made.Add(output))
                    {
                        throw new ServiceException(
                            "InvalidStructureException",
                            $"Output artifact names must be unique in a pipeline; '{output}' of action '{action.Name}' is declared more than once"
                        );
                    }
                }
            }
        }
    }

    private static void RequireMade(ActionDeclaration action, StageDeclaration stage, HashSet<string> made)
    {
        foreach (var input in action.Inputs)
        {
            if (!made.Contains(input))
            {
                throw new ServiceException(
                    "InvalidStructureException",
                    $"Input artifact '{input}' of action '{action.Name}' in stage '{stage.Name}' is not an output artifact of any action before it"
                );
            }
        }

        if (action.Inputs.Distinct(StringComparer.Ordinal).Count() != action.Inputs.Count)
        {
            throw new ServiceException(
                "InvalidActionDeclarationException",
                $"Action '{action.Name}' names an input artifact more than once"
            );
        }
    }
}
