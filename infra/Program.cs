using Mlops.Infra;
using Pulumi;

// The engine's configuration can be read only inside the run, where a stack is made synchronously: hence the provider.
return await Deployment.RunAsync<OrchestratorStack>(new Composition());
