using Mlops.Infra.Tests.Declaring;
using Snapshooter.NUnit;

namespace Mlops.Infra.Tests;

/// <summary>
/// Who may do what with what accounts share, as a table for people. A row that is new, or gone, is a decision: look at it, then
/// put the file from <c>__mismatch__</c> in the place of the one in <c>__snapshots__</c>.
/// </summary>
[TestFixture, NonParallelizable] // The SDK documents its test mode as serial only.
public sealed class PermissionMatrixTests
{
    [Test]
    public async Task The_permissions_are_those_that_somebody_has_looked_at()
    {
        var declared = await Declared.ByAsync(Declared.SeveralAccounts with { CreateModelRegistry = true });

        Snapshot.Match(PermissionMatrix.Of(declared), "permissions");
    }
}
