using Microsoft.AspNetCore.Http.HttpResults;
using SloPortal.Domain.Common;

namespace SloPortal.Web.Common;

/// <summary>Turns an outcome into an HTTP answer: typed results, and problem details for refusals.</summary>
internal static class OutcomeResults
{
    public static Results<Ok<T>, ProblemHttpResult> ToOk<T>(this Outcome<T> outcome) =>
        outcome.Succeeded ? TypedResults.Ok(outcome.Value) : Problem(outcome.Refusal);

    public static Results<Created<T>, ProblemHttpResult> ToCreated<T>(this Outcome<T> outcome, Func<T, string> address) =>
        outcome.Succeeded ? TypedResults.Created(address(outcome.Value), outcome.Value) : Problem(outcome.Refusal);

    public static Results<NoContent, ProblemHttpResult> ToNoContent<T>(this Outcome<T> outcome) =>
        outcome.Succeeded ? TypedResults.NoContent() : Problem(outcome.Refusal);

    /// <summary>The value in another shape, or the same refusal.</summary>
    public static Outcome<TOther> Then<T, TOther>(this Outcome<T> outcome, Func<T, TOther> shape) =>
        outcome.Succeeded ? shape(outcome.Value) : outcome.Refusal;

    public static ProblemHttpResult Problem(Refusal refusal) => TypedResults.Problem(
        detail: refusal.Message,
        statusCode: refusal.Kind switch
        {
            RefusalKind.Invalid => StatusCodes.Status400BadRequest,
            RefusalKind.Denied => StatusCodes.Status403Forbidden,
            RefusalKind.NotFound => StatusCodes.Status404NotFound,
            RefusalKind.Conflict => StatusCodes.Status409Conflict,
            RefusalKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
            _ => throw new ArgumentOutOfRangeException(nameof(refusal), refusal.Kind, null),
        },
        extensions: refusal.Fields is null ? null : new Dictionary<string, object?> { ["errors"] = refusal.Fields });
}
