namespace Pulumi;

/// <summary>A former name of a resource: its whole URN, or the parts of it that were different.</summary>
public sealed class Alias
{
    /// <summary>The whole former URN; excludes everything else.</summary>
    public string? Urn { get; set; }

    /// <summary>The former name.</summary>
    public Input<string>? Name { get; set; }

    /// <summary>The former type.</summary>
    public Input<string>? Type { get; set; }

    /// <summary>The former stack.</summary>
    public Input<string>? Stack { get; set; }

    /// <summary>The former project.</summary>
    public Input<string>? Project { get; set; }

    /// <summary>The former parent; excludes the other two ways of naming it.</summary>
    public Resource? Parent { get; set; }

    /// <summary>The former parent's URN; excludes the other two ways of naming it.</summary>
    public Input<string>? ParentUrn { get; set; }

    /// <summary>There was no parent; excludes the other two ways of naming it.</summary>
    public bool NoParent { get; set; }

    /// <summary>Fails when the alias says the same thing in two ways.</summary>
    internal Alias Check()
    {
        if (Urn is not null)
        {
            var clash =
                Name is not null ? nameof(Name)
                : Type is not null ? nameof(Type)
                : Project is not null ? nameof(Project)
                : Stack is not null ? nameof(Stack)
                : Parent is not null ? nameof(Parent)
                : ParentUrn is not null ? nameof(ParentUrn)
                : NoParent ? nameof(NoParent)
                : null;

            if (clash is not null)
            {
                throw new ArgumentException($"{nameof(Alias)} should not specify both {nameof(Urn)} and {clash}");
            }
        }
        else if (new[] { Parent is not null, ParentUrn is not null, NoParent }.Count(said => said) > 1)
        {
            throw new ArgumentException(
                $"Only specify one of '{nameof(Parent)}', '{nameof(ParentUrn)}' or '{nameof(NoParent)}' in an {nameof(Alias)}"
            );
        }

        return this;
    }
}
