namespace Mlops.StandIns.Tests;

internal static class Failure
{
    /// <summary>The exception of exactly this type that the call ends with; the test fails when it ends otherwise.</summary>
    public static async Task<T> Of<T>(Func<Task> call)
        where T : Exception
    {
        Exception? thrown = null;

        try
        {
            await call();
        }
        catch (Exception e)
        {
            thrown = e;
        }

        Assert.That(thrown, Is.TypeOf<T>());
        return (T)thrown!;
    }
}
