using Mlops.Local.CodePipelines.Protocol;

namespace Mlops.Local.CodePipelines.Definitions;

/// <summary>Namespaces are unique, and an action refers only to actions that have certainly run before it.</summary>
internal static class VariableRules
{
    public static void Require(PipelineDeclaration pipeline)
    {
        RequireNamespaces(pipeline);
        var declared = pipeline.Variables.Select(variable => variable.Name).ToHashSet(StringComparer.Ordinal);
        var before = new HashSet<string>(StringComparer.Ordinal);
        foreach (var stage in pipeline.Stages)
        {
            foreach (var group in stage.Actions.GroupBy(action => action.RunOrder).OrderBy(group => group.Key))
            {
                foreach (var action in group)
                {
                    RequireReferences(action, before, declared);
                }

                before.UnionWith(group.Select(action => action.Namespace).OfType<string>());
            }
        }
    }

    private static void RequireNamespaces(PipelineDeclaration pipeline)
    {
        var taken = pipeline.Actions.SelectMany(action => action.Outputs).ToHashSet(StringComparer.Ordinal);
        taken.Add(VariableReferences.ExecutionNamespace);
        taken.Add(VariableReferences.PipelineNamespace);
        foreach (var action in pipeline.Actions)
        {
            if (action.Namespace is { } name && !taken.Add(name))
            {
                throw new ServiceException(
                    "InvalidActionDeclarationException",
                    $"The namespace '{name}' of action '{action.Name}' is taken: by another action, an artifact or the service"
                );
            }
        }
    }

    private static void RequireReferences(ActionDeclaration action, HashSet<string> before, HashSet<string> declared)
    {
        foreach (var (space, key) in action.Configuration.Values.SelectMany(VariableReferences.In))
        {
            var known = space switch
            {
                VariableReferences.ExecutionNamespace => key == "PipelineExecutionId",
                VariableReferences.PipelineNamespace => declared.Contains(key),
                _ => before.Contains(space),
            };
            if (!known)
            {
                throw new ServiceException(
                    "InvalidActionDeclarationException",
                    $"Action '{action.Name}' refers to the variable '#{{{space}.{key}}}', which no action before it makes"
                );
            }
        }
    }
}
