using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using SloPortal.Data.Access;
using SloPortal.Data.Common;
using SloPortal.Domain.Access;
using SloPortal.Domain.Audit;
using SloPortal.Domain.Budgets;
using SloPortal.Domain.Budgets.Tuning;
using SloPortal.Domain.Catalog;
using SloPortal.Domain.Catalog.Dependencies;
using SloPortal.Domain.Catalog.Journeys;
using SloPortal.Domain.Catalog.Scoring;
using SloPortal.Domain.Changes;
using SloPortal.Domain.Governance;
using SloPortal.Domain.Governance.Retention;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Detection;
using SloPortal.Domain.Incidents.Detection.Deciding;
using SloPortal.Domain.Incidents.Detection.Intake;
using SloPortal.Domain.Incidents.Detection.Watching;
using SloPortal.Domain.Incidents.OnCall;
using SloPortal.Domain.Incidents.Escalation;
using SloPortal.Domain.Incidents.Response;
using SloPortal.Domain.Incidents.Response.Teams;
using SloPortal.Domain.Incidents.Response.WarRooms;
using SloPortal.Domain.Incidents.Runbooks;
using SloPortal.Domain.Incidents.StatusPages;
using SloPortal.Domain.Incidents.Timeline;
using SloPortal.Domain.Incidents.Updates;
using SloPortal.Domain.Measurement;
using SloPortal.Domain.Measurement.Comparing;
using SloPortal.Domain.Measurement.Beacons;
using SloPortal.Domain.Measurement.Corrections;
using SloPortal.Domain.Measurement.Classifying;
using SloPortal.Domain.Measurement.Cost;
using SloPortal.Domain.Measurement.Coverage;
using SloPortal.Domain.Measurement.Deciding;
using SloPortal.Domain.Measurement.Files;
using SloPortal.Domain.Measurement.Retention;
using SloPortal.Domain.Measurement.Probes;
using SloPortal.Domain.Measurement.Segments;
using SloPortal.Domain.Objectives;
using SloPortal.Domain.Objectives.Negotiation;
using SloPortal.Domain.Remediation;
using SloPortal.Domain.Reviews.Archive;
using SloPortal.Domain.Reviews.Writing;

namespace SloPortal.Data;

/// <summary>Everything that the portal keeps. One configuration per entity stands in the folder of its area.</summary>
public sealed class PortalDbContext(DbContextOptions<PortalDbContext> options)
    : IdentityDbContext<Person, IdentityRole<Guid>, Guid>(options), IDataProtectionKeyContext
{
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();
    public DbSet<PortalSetting> Settings => Set<PortalSetting>();
    public DbSet<PassRun> PassRuns => Set<PassRun>();

    public DbSet<Team> Teams => Set<Team>();
    public DbSet<TeamMember> TeamMembers => Set<TeamMember>();
    public DbSet<ApiToken> ApiTokens => Set<ApiToken>();
    public DbSet<Invitation> Invitations => Set<Invitation>();
    public DbSet<FreshSignIn> FreshSignIns => Set<FreshSignIn>();
    public DbSet<Notice> Notices => Set<Notice>();

    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();

    public DbSet<Service> Services => Set<Service>();
    public DbSet<Journey> Journeys => Set<Journey>();
    public DbSet<Vendor> Vendors => Set<Vendor>();
    public DbSet<VendorOutage> VendorOutages => Set<VendorOutage>();
    public DbSet<Dependency> Dependencies => Set<Dependency>();
    public DbSet<RedundantGroup> RedundantGroups => Set<RedundantGroup>();
    public DbSet<DependencyRisk> DependencyRisks => Set<DependencyRisk>();
    public DbSet<ServiceImpact> ServiceImpacts => Set<ServiceImpact>();
    public DbSet<ScoreOverride> ScoreOverrides => Set<ScoreOverride>();
    public DbSet<StoredScorecard> Scorecards => Set<StoredScorecard>();

    public DbSet<Source> Sources => Set<Source>();
    public DbSet<JourneyCover> JourneyCovers => Set<JourneyCover>();
    public DbSet<AcceptedGap> AcceptedGaps => Set<AcceptedGap>();
    public DbSet<FailureRules> FailureRules => Set<FailureRules>();
    public DbSet<SourceBudget> SourceBudgets => Set<SourceBudget>();
    public DbSet<Sli> Slis => Set<Sli>();
    public DbSet<Backfill> Backfills => Set<Backfill>();
    public DbSet<Correction> Corrections => Set<Correction>();
    public DbSet<SliMeasurement> SliMeasurements => Set<SliMeasurement>();
    public DbSet<MeasurementFinding> MeasurementFindings => Set<MeasurementFinding>();
    public DbSet<CountingDecision> CountingDecisions => Set<CountingDecision>();
    public DbSet<SliSplit> SliSplits => Set<SliSplit>();
    public DbSet<SliSegment> SliSegments => Set<SliSegment>();
    public DbSet<FileFeed> FileFeeds => Set<FileFeed>();
    public DbSet<FileRun> FileRuns => Set<FileRun>();
    public DbSet<FileRunPart> FileRunParts => Set<FileRunPart>();
    public DbSet<RefusedRow> RefusedRows => Set<RefusedRow>();
    public DbSet<SqlFeed> SqlFeeds => Set<SqlFeed>();
    public DbSet<StatsdRule> StatsdRules => Set<StatsdRule>();
    public DbSet<Probe> Probes => Set<Probe>();
    public DbSet<ProbeResult> ProbeResults => Set<ProbeResult>();
    public DbSet<ProbeLocation> ProbeLocations => Set<ProbeLocation>();
    public DbSet<Beacon> Beacons => Set<Beacon>();
    public DbSet<BeaconHour> BeaconHours => Set<BeaconHour>();
    public DbSet<AllowedAddress> AllowedAddresses => Set<AllowedAddress>();

    public DbSet<Objective> Objectives => Set<Objective>();
    public DbSet<ObjectiveVersion> ObjectiveVersions => Set<ObjectiveVersion>();
    public DbSet<Proposal> Proposals => Set<Proposal>();
    public DbSet<Signature> Signatures => Set<Signature>();
    public DbSet<PastRound> PastRounds => Set<PastRound>();
    public DbSet<Position> Positions => Set<Position>();
    public DbSet<ProposalRemark> ProposalRemarks => Set<ProposalRemark>();
    public DbSet<ProposalInvitee> ProposalInvitees => Set<ProposalInvitee>();

    public DbSet<StoredAlertPolicy> AlertPolicies => Set<StoredAlertPolicy>();
    public DbSet<PolicyBackTest> PolicyBackTests => Set<PolicyBackTest>();
    public DbSet<AlertLabel> AlertLabels => Set<AlertLabel>();
    public DbSet<BudgetState> BudgetStates => Set<BudgetState>();
    public DbSet<AlertRuleState> AlertRuleStates => Set<AlertRuleState>();
    public DbSet<Alert> Alerts => Set<Alert>();
    public DbSet<NotificationTarget> NotificationTargets => Set<NotificationTarget>();
    public DbSet<Notification> Notifications => Set<Notification>();

    public DbSet<Deployment> Deployments => Set<Deployment>();

    public DbSet<SignalSource> SignalSources => Set<SignalSource>();
    public DbSet<SignalSourceHealth> SignalSourceHealth => Set<SignalSourceHealth>();
    public DbSet<SignalDelivery> SignalDeliveries => Set<SignalDelivery>();
    public DbSet<Signal> Signals => Set<Signal>();
    public DbSet<SignalEvent> SignalEvents => Set<SignalEvent>();
    public DbSet<IncidentProposal> IncidentProposals => Set<IncidentProposal>();
    public DbSet<DecisionPolicyVersion> DecisionPolicies => Set<DecisionPolicyVersion>();
    public DbSet<ProposalRecommendation> ProposalRecommendations => Set<ProposalRecommendation>();
    public DbSet<WatchItem> WatchItems => Set<WatchItem>();
    public DbSet<WatchNote> WatchNotes => Set<WatchNote>();
    public DbSet<EscalationPolicy> EscalationPolicies => Set<EscalationPolicy>();
    public DbSet<Domain.Incidents.Escalation.Quiet.Silence> Silences => Set<Domain.Incidents.Escalation.Quiet.Silence>();
    public DbSet<PagingRules> PagingRules => Set<PagingRules>();
    public DbSet<PagingRulesVersion> PagingRulesVersions => Set<PagingRulesVersion>();
    public DbSet<Page> Pages => Set<Page>();
    public DbSet<PageEvent> PageEvents => Set<PageEvent>();
    public DbSet<PageMessage> PageMessages => Set<PageMessage>();
    public DbSet<ContactMethod> ContactMethods => Set<ContactMethod>();
    public DbSet<Incident> Incidents => Set<Incident>();
    public DbSet<IncidentReader> IncidentReaders => Set<IncidentReader>();
    public DbSet<IncidentTask> IncidentTasks => Set<IncidentTask>();
    public DbSet<InvolvedTeam> InvolvedTeams => Set<InvolvedTeam>();
    public DbSet<HandOff> HandOffs => Set<HandOff>();
    public DbSet<IncidentLink> IncidentLinks => Set<IncidentLink>();
    public DbSet<Runbook> Runbooks => Set<Runbook>();
    public DbSet<StepRun> StepRuns => Set<StepRun>();
    public DbSet<IncidentAutomation> IncidentAutomations => Set<IncidentAutomation>();
    public DbSet<Attendance> Attendances => Set<Attendance>();
    public DbSet<SeverityLevel> SeverityLevels => Set<SeverityLevel>();
    public DbSet<TimelineEntry> TimelineEntries => Set<TimelineEntry>();
    public DbSet<Attachment> Attachments => Set<Attachment>();
    public DbSet<IncidentUpdate> IncidentUpdates => Set<IncidentUpdate>();
    public DbSet<UpdateReminder> UpdateReminders => Set<UpdateReminder>();
    public DbSet<StatusPage> StatusPages => Set<StatusPage>();
    public DbSet<StatusSubscriber> StatusSubscribers => Set<StatusSubscriber>();
    public DbSet<SubscriberMail> SubscriberMails => Set<SubscriberMail>();
    public DbSet<Schedule> Schedules => Set<Schedule>();
    public DbSet<ShiftSwap> ShiftSwaps => Set<ShiftSwap>();
    public DbSet<ShiftOverride> ShiftOverrides => Set<ShiftOverride>();
    public DbSet<StoredTeamHours> TeamHours => Set<StoredTeamHours>();
    public DbSet<CalendarFeed> CalendarFeeds => Set<CalendarFeed>();

    public DbSet<Postmortem> Postmortems => Set<Postmortem>();
    public DbSet<PostmortemRevision> PostmortemRevisions => Set<PostmortemRevision>();
    public DbSet<PostmortemComment> PostmortemComments => Set<PostmortemComment>();
    public DbSet<ArchiveExport> ArchiveExports => Set<ArchiveExport>();
    public DbSet<ArchiveExportPart> ArchiveExportParts => Set<ArchiveExportPart>();

    public DbSet<ActionItem> Actions => Set<ActionItem>();

    public DbSet<Contract> Contracts => Set<Contract>();
    public DbSet<ContractExclusion> ContractExclusions => Set<ContractExclusion>();
    public DbSet<RetentionRule> RetentionRules => Set<RetentionRule>();
    public DbSet<FrameworkMinimum> FrameworkMinima => Set<FrameworkMinimum>();
    public DbSet<LegalHold> LegalHolds => Set<LegalHold>();
    public DbSet<PurgeReceipt> PurgeReceipts => Set<PurgeReceipt>();

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(PortalDbContext).Assembly);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<Enum>().HaveConversion<string>();
    }
}
