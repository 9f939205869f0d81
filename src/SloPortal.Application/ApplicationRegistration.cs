using System.Reflection;
using FluentValidation;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using SloPortal.Application.Access;
using SloPortal.Application.Access.Signing;
using SloPortal.Application.Audit;
using SloPortal.Application.Budgets;
using SloPortal.Application.Budgets.Notifying;
using SloPortal.Application.Budgets.Tuning;
using SloPortal.Application.Catalog.Scoring;
using SloPortal.Application.Common;
using SloPortal.Application.Governance;
using SloPortal.Application.Incidents;
using SloPortal.Application.Incidents.Detection.Deciding;
using SloPortal.Application.Incidents.Detection.Intake;
using SloPortal.Application.Incidents.OnCall;
using SloPortal.Application.Incidents.StatusPages.Serving;
using SloPortal.Application.Incidents.Escalation;
using SloPortal.Application.Incidents.Runbooks;
using SloPortal.Application.Incidents.Triage;
using SloPortal.Application.Incidents.Triage.Collecting;
using SloPortal.Application.Measurement;
using SloPortal.Application.Measurement.Deciding;
using SloPortal.Application.Measurement.Ingest.Writing;
using SloPortal.Application.Measurement.Slis;
using SloPortal.Application.Objectives;
using SloPortal.Application.Objectives.AsCode.Importing;
using SloPortal.Application.Objectives.Dependencies;
using SloPortal.Application.Objectives.Deriving;
using SloPortal.Application.Objectives.Negotiation;
using SloPortal.Application.Objectives.Portfolio;
using SloPortal.Application.Objectives.Proposals;
using SloPortal.Application.Reviews.Archive.Exporting;
using SloPortal.Application.Reviews.Writing;
using SloPortal.Data.Access;

namespace SloPortal.Application;

public static class ApplicationRegistration
{
    /// <summary>Registers every operation's handler and validator, every pass, and what they share.</summary>
    public static IServiceCollection AddPortalApplication(this IServiceCollection services)
    {
        var assembly = Assembly.GetExecutingAssembly();
        services.AddMemoryCache();
        services.AddSingleton<UnitOfWork>();
        services.AddSingleton<ActorDirectory>();
        services.AddSingleton<SetUpCode>();
        services.AddSingleton<Mailer>();
        services.AddSingleton<SignedChange>();
        services.AddSingleton<IPasswordHasher<Person>, PasswordHasher<Person>>();
        services.AddSingleton<IAuditTrail, AuditChain>();
        services.AddSingleton<SensitiveReads>();
        services.AddSingleton<BurnedBudgets>();
        services.AddSingleton<OnCallBoard>();
        services.AddSingleton<PassLocks>();
        services.AddSingleton<PassRunner>();
        services.AddSingleton<SharedReads>();
        services.AddSingleton<PortalReadiness>();
        services.AddPortalMeasurement();
        services.AddSingleton<PortalEvents>();
        services.AddSingleton<SliCounts>();
        services.AddSingleton<PortfolioQuery>();
        services.AddSingleton<DependencyMeasures>();
        services.AddSingleton<CeilingReader>();
        services.AddSingleton<PromisedHistory>();
        services.AddSingleton<EvidenceReplay>();
        services.AddSingleton<ProposalDraft>();
        services.AddSingleton<NewRound>();
        services.AddSingleton<ServiceStep>();
        services.AddSingleton<IndicatorStep>();
        services.AddSingleton<ObjectiveStep>();
        services.AddSingleton<ImportSteps>();
        services.AddSingleton<TargetSecrets>();
        services.AddPortalEscalation();
        services.AddSingleton<TargetSender>();
        services.AddOptions<NotificationSettings>().BindConfiguration("Notifications");
        services.AddOptions<PortalSettings>().BindConfiguration("Portal");
        services.AddSingleton<IBurnAlerts, BurnAlertCheck>();
        services.AddSingleton<ISliUse, SliUse>();
        services.AddSingleton<IDecidedCounts, DecidedCounts>();
        services.AddSingleton<ObjectiveListQuery>();
        services.AddSingleton<BudgetTrends>();
        services.AddSingleton<TuningHistory>();
        services.AddSingleton<TuningRuns>();
        services.AddSingleton<ContractReading>();
        services.AddSingleton<IContractsInTerm, ContractsInTerm>();
        services.AddSingleton<InstallationKeys>();
        services.AddSingleton<ArchiveKey>();
        services.AddSingleton<ArchiveReader>();
        services.AddHostedService(provider => provider.GetRequiredService<PortalEvents>());
        services.AddPortalIngest();
        services.AddSignalIntake();
        services.AddStatusPages();
        services.AddSingleton<DecisionFactsReader>();
        services.AddSingleton<RunbookSecrets>();
        services.AddSingleton<StepCaller>();
        services.AddSingleton<AutomationReading>();
        services.AddValidatorsFromAssembly(assembly, ServiceLifetime.Singleton, includeInternalTypes: true);
        foreach (var type in assembly.GetTypes().Where(t => t is { IsAbstract: false, IsGenericType: false }))
        {
            if (type is { IsNested: true, Name: "Handler" })
                services.AddTransient(type);
            if (type.IsAssignableTo(typeof(IPass)))
                services.AddSingleton(typeof(IPass), type);
            if (type.IsAssignableTo(typeof(IStoryEvents)))
                services.AddSingleton(typeof(IStoryEvents), type);
            if (type.IsAssignableTo(typeof(IKnownIntervals)))
                services.AddSingleton(typeof(IKnownIntervals), type);
            if (type.IsAssignableTo(typeof(IPostmortemActions)))
                services.AddSingleton(typeof(IPostmortemActions), type);
            if (type.IsAssignableTo(typeof(IIncidentPages)))
                services.AddSingleton(typeof(IIncidentPages), type);
            if (type.IsAssignableTo(typeof(IKnownCauses)))
                services.AddSingleton(typeof(IKnownCauses), type);
            if (type.IsAssignableTo(typeof(ITriageCollector)))
                services.AddSingleton(typeof(ITriageCollector), type);
            if (type.IsAssignableTo(typeof(IHiddenSubjects)))
                services.AddSingleton(typeof(IHiddenSubjects), type);
        }
        return services;
    }
}
