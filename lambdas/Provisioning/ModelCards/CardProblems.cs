using Mlops.Provisioning.CodePipelines;
using Mlops.Provisioning.Requests;

namespace Mlops.Provisioning.ModelCards;

/// <summary>The request is right in itself, but not with what is there.</summary>
internal sealed class CardRefusedException(RefusalReason reason, Finding finding) : Exception(finding.Message)
{
    public RefusalReason Reason { get; } = reason;

    public Finding Finding { get; } = finding;
}

/// <summary>What a client is told when an operation on model cards cannot be carried out.</summary>
internal static class CardProblems
{
    private const string NamePointer = "/name";

    /// <summary>A refusal of SageMaker's that is about the request, or null.</summary>
    public static Refused? Of(ServiceFailureException failure, CardRequest card) =>
        failure.ErrorCode switch
        {
            "ResourceNotFound" or "ResourceNotFoundException" => Refuse(NoCard(card)),
            "ConflictException" when card.Operation == CardOperation.Create => Refuse(
                Refusal(
                    RefusalReason.Conflict,
                    FindingCodes.CardExists,
                    NamePointer,
                    card.Name,
                    "a name that no card has",
                    $"There is a model card {Quote.Text(card.Name)} already.",
                    "Take another name, or change that card: \"pipeline_type\": \"update_model_card\"."
                )
            ),
            "ConflictException" => Refuse(
                Refusal(
                    RefusalReason.Conflict,
                    FindingCodes.CardConflict,
                    NamePointer,
                    card.Name,
                    "a card that nothing else happens to",
                    $"SageMaker cannot do that to the model card now: {failure.Message}",
                    "Send the same request again when that has ended."
                )
            ),
            "ValidationException" => Refuse(
                Refusal(
                    RefusalReason.Invalid,
                    FindingCodes.CardRefused,
                    "",
                    card.Name,
                    "what SageMaker's model card JSON schema asks for",
                    $"SageMaker refuses the request: {failure.Message}",
                    "Put right what it names; an archived card changes its status first."
                )
            ),
            _ => null,
        };

    public static CardRefusedException NoCard(CardRequest card) =>
        Refusal(
            RefusalReason.NotFound,
            FindingCodes.CardNotFound,
            card.Version is null ? NamePointer : "/model_card_version",
            card.Version is null ? card.Name : $"{card.Version}",
            "a model card of this account and region",
            card.Version is null
                ? $"There is no model card {Quote.Text(card.Name)}."
                : $"There is no version {card.Version} of a model card {Quote.Text(card.Name)}.",
            "List those that there are: \"pipeline_type\": \"list_model_cards\"."
        );

    public static CardRefusedException NotThere(string what, string name, string pointer) =>
        Refusal(
            RefusalReason.NotFound,
            FindingCodes.LookupNotFound,
            pointer,
            name,
            $"a {what} of this account and region",
            $"SageMaker finds no {what} {Quote.Text(name)}.",
            "Correct the name, or leave it out and write down yourself what the card shall tell."
        );

    public static CardRefusedException ModelHasCard(string model, string other) =>
        Refusal(
            RefusalReason.Conflict,
            FindingCodes.ModelHasCard,
            "/model_overview/model_name",
            model,
            "a model without a card",
            $"The model {Quote.Text(model)} has a card already: {Quote.Text(other)}.",
            $"Change that one: \"pipeline_type\": \"update_model_card\", \"name\": {Quote.Text(other)}."
        );

    public static CardRefusedException TooLong(int length, int limit) =>
        Refusal(
            RefusalReason.Invalid,
            FindingCodes.TooLong,
            "",
            $"{length} characters",
            $"{limit} characters of content at most",
            $"The card's content has {length} characters.",
            "Shorten it; metrics and evaluations are usually the longest."
        );

    public static CardRefusedException OtherExport(string job, ModelCardExport export) =>
        Refusal(
            RefusalReason.Conflict,
            FindingCodes.ExportConflict,
            "/export_job_name",
            job,
            "a name that no other export has",
            $"The export job {Quote.Text(job)} is one of version {export.Version} of {Quote.Text(export.Card)}.",
            "Give another \"export_job_name\"."
        );

    public static CardRefusedException ExportFailed(string job, string? reason) =>
        Refusal(
            RefusalReason.Conflict,
            FindingCodes.ExportConflict,
            "/export_job_name",
            job,
            "an export that has not failed",
            $"The export job {Quote.Text(job)} failed: {reason ?? "SageMaker gives no reason."}",
            "Mend that, and give another \"export_job_name\" to try again."
        );

    private static Refused Refuse(CardRefusedException refusal) => new(refusal.Reason, [refusal.Finding]);

    private static CardRefusedException Refusal(
        RefusalReason reason,
        string code,
        string pointer,
        string value,
        string rule,
        string message,
        string remedy
    ) => new(reason, new Finding(code, pointer, Finding.Shortened(value), rule, message, remedy));
}
