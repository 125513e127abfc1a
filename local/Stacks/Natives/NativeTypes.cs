using System.Collections.Frozen;

namespace Mlops.Local.Stacks.Natives;

/// <summary>The types whose reading back is known. A type outside of it is created, and said to be unchecked.</summary>
internal static class NativeTypes
{
    public static readonly FrozenDictionary<string, NativeType> ByName = new[]
    {
        IamTypes.All,
        KeyTypes.All,
        SnsTypes.All,
        QueueTypes.All,
        CloudWatchTypes.All,
        RepositoryTypes.All,
        LogTypes.All,
        EventTypes.All,
        ApiTypes.All,
        ApiMethodTypes.All,
        FunctionTypes.All,
        WebAclTypes.All,
        SageMakerTypes.All,
        PipelineTypes.All,
    }
        .SelectMany(types => types)
        .ToFrozenDictionary(type => type.Name);
}
