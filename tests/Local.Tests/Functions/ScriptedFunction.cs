using System.IO.Compression;
using System.Text;
using Mlops.Local.Functions;

namespace Mlops.Local.Tests.Functions;

/// <summary>A Lambda package whose bootstrap is a shell script that speaks the Runtime API with curl; the event says what it does.</summary>
internal static class ScriptedFunction
{
    private const string Bootstrap = """
        #!/usr/bin/env bash
        api="http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime"
        headers=$(mktemp)
        trap 'rm -f "$headers"' EXIT
        if [ "$START" = "refuse" ]; then
          curl -sS -o /dev/null -d '{"errorType":"Config","errorMessage":"MLOPS_X is missing"}' "$api/init/error"
          exit 1
        fi
        [ "$START" = "exit" ] && exit 3
        [ "$START" = "hang" ] && sleep 60
        served=0
        while true; do
          event=$(curl -sS -D "$headers" "$api/invocation/next") || exit 9
          id=$(tr -d '\r' < "$headers" | sed -n 's/^[Ll]ambda-[Rr]untime-[Aa]ws-[Rr]equest-[Ii]d: //p')
          served=$((served + 1))
          echo "serving $id"
          case "$event" in
            *crash*) exit 7 ;;
            *die*) kill -9 $$ ;;
            *hang*) sleep 60 ;;
            *slow*) sleep 0.5; answer="{\"pid\":$$,\"served\":$served}" ;;
            *variables*) answer="\"$(env | sort | tr '\n' ' ')\"" ;;
            *fail*) curl -sS -o /dev/null -d '{"errorType":"Oops","errorMessage":"no"}' "$api/invocation/$id/error"; continue ;;
            *once*) curl -sS -o /dev/null -d '"last words"' "$api/invocation/$id/response"; exit 0 ;;
            *large*) head -c 6300000 /dev/zero | tr '\0' 'a' | curl -sS -o /dev/null --data-binary @- "$api/invocation/$id/response"; continue ;;
            *pid*) answer="{\"pid\":$$,\"served\":$served}" ;;
            *) answer="$event" ;;
          esac
          curl -sS -o /dev/null --data-binary "$answer" "$api/invocation/$id/response"
        done
        """;

    public static FunctionDeclaration Declare(string folder, string name, string bootstrap = Bootstrap)
    {
        var path = Path.Combine(folder, $"{name}.zip");
        using (var zip = ZipFile.Open(path, ZipArchiveMode.Create))
        {
            var entry = zip.CreateEntry("bootstrap");
            using var content = entry.Open();
            content.Write(Encoding.UTF8.GetBytes(bootstrap));
        }

        return new FunctionDeclaration
        {
            Name = name,
            ZipPath = path,
            Runtime = "provided.al2023",
            Handler = "bootstrap",
            Timeout = TimeSpan.FromSeconds(20),
        };
    }
}
