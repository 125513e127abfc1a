namespace Mlops.Provisioning.Blueprints;

/// <summary>A blueprint's folder is not one: the fault of who wrote or packed it, never of a request.</summary>
public sealed class BlueprintException : Exception
{
    /// <summary>What is wrong, with the file.</summary>
    public BlueprintException(string message, Exception? inner = null)
        : base(message, inner) { }
}
