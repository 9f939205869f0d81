using FluentValidation;

namespace SloPortal.Application.Measurement.Queries;

/// <summary>What the requests about a query have in common.</summary>
public interface ISqlSettings
{
    string Name { get; }
    string? Connection { get; }
    string Statement { get; }
    int Minutes { get; }
    int EverySeconds { get; }
}

public abstract class SqlSourceRules<T> : AbstractValidator<T> where T : ISqlSettings
{
    protected SqlSourceRules()
    {
        RuleFor(r => r.Name).NotEmpty().WithMessage("Give the source a name.").MaximumLength(100).WithMessage("A name has at most 100 characters.");
        RuleFor(r => r.Connection).Custom((text, context) =>
        {
            if (text is not null && !PostgresServer.TryRead(text, out _, out var problem))
                context.AddFailure(problem);
        });
        RuleFor(r => r.Statement).NotEmpty().WithMessage("Give the statement that reads time, good and total.").MaximumLength(10_000).WithMessage("A statement has at most 10,000 characters.")
            .Must(QueryAnswer.HoldsSince).WithMessage(QueryAnswer.MustHoldSince);
        RuleFor(r => r.Minutes).InclusiveBetween(1, 60).WithMessage("An interval is between 1 and 60 minutes long.");
        RuleFor(r => r.EverySeconds).InclusiveBetween(10, 86_400).WithMessage("Ask between every 10 seconds and once a day.");
    }
}
