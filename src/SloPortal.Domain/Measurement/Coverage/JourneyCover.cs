namespace SloPortal.Domain.Measurement.Coverage;

/// <summary>An SLI that notices a class of failures of a journey.</summary>
public sealed class JourneyCover
{
    private JourneyCover() { }

    public JourneyCover(Guid journeyId, FailureClass failure, int sliId) => (JourneyId, Failure, SliId) = (journeyId, failure, sliId);

    public Guid JourneyId { get; private set; }
    public FailureClass Failure { get; private set; }
    public int SliId { get; private set; }
}
