using System.IO.Compression;
using System.Security.Cryptography;
using Mlops.Local.Processes;

namespace Mlops.Local.Functions;

/// <summary>A package's files on disk, and the command that runs them.</summary>
internal sealed record FunctionPackage(string Folder, string Command, IReadOnlyList<string> Arguments)
{
    /// <exception cref="StartFailedException">The package is missing, is not the declared one, or cannot be run here.</exception>
    public static FunctionPackage Extract(FunctionDeclaration function, string workDirectory)
    {
        if (!File.Exists(function.ZipPath))
        {
            throw new StartFailedException(
                $"The package of function {function.Name} is not at {function.ZipPath}: build it first."
            );
        }

        byte[] hash;
        using (var zip = File.OpenRead(function.ZipPath))
        {
            hash = SHA256.HashData(zip);
        }

        if (function.SourceCodeHash is { } declared && declared != Convert.ToBase64String(hash))
        {
            throw new StartFailedException(
                $"Function {function.Name} declares SourceCodeHash {declared}, but {function.ZipPath} has {Convert.ToBase64String(hash)}."
            );
        }

        var folder = Path.Combine(workDirectory, "functions", Convert.ToHexStringLower(hash)[..16]);
        if (!Directory.Exists(folder))
        {
            ExtractTo(folder, function.ZipPath);
        }

        return new FunctionPackage(folder, Program(function, folder), Arguments(function, folder));

        static string Program(FunctionDeclaration function, string folder)
        {
            if (function.Runtime is "dotnet10")
            {
                return "dotnet";
            }

            if (!function.Runtime.StartsWith("provided.", StringComparison.Ordinal))
            {
                throw new StartFailedException(
                    $"Function {function.Name} has runtime {function.Runtime}; local runs provided.al2023, provided.al2 and dotnet10."
                );
            }

            return Existing(function, Path.Combine(folder, "bootstrap"));
        }

        static string[] Arguments(FunctionDeclaration function, string folder) =>
            function.Runtime is "dotnet10" ? [Existing(function, Path.Combine(folder, $"{function.Handler}.dll"))] : [];
    }

    private static string Existing(FunctionDeclaration function, string path) =>
        File.Exists(path)
            ? path
            : throw new StartFailedException(
                $"The package of function {function.Name} has no {Path.GetFileName(path)}, which runtime {function.Runtime} with handler {function.Handler} needs."
            );

    // Into a folder of its own first: a folder with the final name is always complete, also when two runs extract at once.
    private static void ExtractTo(string folder, string zipPath)
    {
        var partial = $"{folder}.{Path.GetRandomFileName()}";
        Directory.CreateDirectory(partial);
        try
        {
            ZipFile.ExtractToDirectory(zipPath, partial);
            var bootstrap = Path.Combine(partial, "bootstrap");
            if (File.Exists(bootstrap) && !OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(
                    bootstrap,
                    File.GetUnixFileMode(bootstrap)
                        | UnixFileMode.UserExecute
                        | UnixFileMode.GroupExecute
                        | UnixFileMode.OtherExecute
                );
            }

            Directory.Move(partial, folder);
        }
        catch (InvalidDataException cause)
        {
            throw new StartFailedException($"{zipPath} is not a zip: build the package again.", cause);
        }
        catch (IOException) when (Directory.Exists(folder))
        {
            // The other run was faster.
        }
        finally
        {
            if (Directory.Exists(partial))
            {
                Directory.Delete(partial, recursive: true);
            }
        }
    }
}
