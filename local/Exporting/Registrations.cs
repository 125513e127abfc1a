using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;
using Pulumi;

namespace Mlops.Local.Exporting;

/// <summary>What mocks do not see of a resource: its options, and which outputs it has.</summary>
internal sealed class Registrations
{
    private readonly ConcurrentDictionary<(string Token, string Name), Registration> byName = new();

    /// <summary>For the stack: records every resource below it.</summary>
    public StackOptions Recording() =>
        new()
        {
            ResourceTransformations =
            {
                registering =>
                {
                    Add(registering.Resource, registering.Options);
                    return null;
                },
            },
        };

    /// <summary>The registration of a resource that mocks were asked for.</summary>
    public Registration Of(string token, string name) => byName[(token, name)];

    /// <summary>A component stands for everything in it, as it does for Pulumi.</summary>
    public IEnumerable<(string Token, string Name)> Expand((string Token, string Name) resource)
    {
        var children = byName.Where(each => each.Value.Parent == resource).Select(each => each.Key).ToList();
        return children.Count == 0 ? [resource] : children.SelectMany(Expand);
    }

    private void Add(Resource resource, ResourceOptions options)
    {
        var registration = new Registration(Outputs(resource), options.RetainOnDelete == true, Key(options.Parent));
        Output<ImmutableArray<Resource>> dependsOn = options.DependsOn;
        dependsOn.Apply(resources =>
        {
            registration.DependsOn = [.. resources.Select(each => Key(each)!.Value)];
            return resources;
        });
        byName[Key(resource)!.Value] = registration;
    }

    private static (string Token, string Name)? Key(Resource? resource) =>
        resource is null ? null : (resource.GetResourceType(), resource.GetResourceName());

    private static string[] Outputs(Resource resource) =>
        [
            .. resource
                .GetType()
                .GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
                .Where(property => property.PropertyType == typeof(Output<string>))
                .Select(property => property.GetCustomAttribute<OutputAttribute>()?.Name)
                .OfType<string>(),
        ];
}

/// <summary>One resource as it was registered.</summary>
/// <param name="Outputs">Names of its outputs that are text.</param>
/// <param name="Retain">Whether it outlives its stack.</param>
/// <param name="Parent">What it is a part of.</param>
internal sealed record Registration(IReadOnlyList<string> Outputs, bool Retain, (string Token, string Name)? Parent)
{
    /// <summary>What has to be there first.</summary>
    public IReadOnlyList<(string Token, string Name)> DependsOn { get; set; } = [];
}
