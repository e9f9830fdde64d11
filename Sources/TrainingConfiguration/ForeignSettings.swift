/// What to say about a setting that other tools have and this one does not.
enum ForeignSetting: Equatable, Sendable {
  /// The same thing under another name, which may differ between methods.
  case called(String, or: String? = nil)
  /// Something that is not a setting here, and why, or what says it instead.
  case absent(String)
}

/// TRL's, transformers' and their neighbours' names for what has another name here, or needs no setting.
///
/// Someone who comes from there should be told the answer, not a spelling suggestion.
let foreignSettings: [String: ForeignSetting] = [
  "model_name_or_path": .called("model"),
  "ref_model": .called("reference_model"),
  "ref_model_name_or_path": .called("reference_model"),
  "dataset_name": .called("data", or: "prompts"),
  "datasets": .called("data", or: "prompts"),
  "train_dataset": .called("data", or: "prompts"),
  "eval_dataset": .called("eval_data", or: "eval_prompts"),
  "test_split_size": .called("eval_fraction"),
  "output_dir": .called("out"),
  "per_device_train_batch_size": .called("batch_size"),
  "train_batch_size": .called("batch_size"),
  "num_train_epochs": .called("epochs"),
  "num_epochs": .called("epochs"),
  "shuffle_dataset": .called("shuffle"),
  "lr": .called("learning_rate"),
  "lr_scheduler": .called("lr_scheduler_type"),
  "scheduler": .called("lr_scheduler_type"),
  "warmup": .called("warmup_steps"),
  "warmup_ratio": .absent("warmup_steps says it in optimizer steps"),
  "gradient_clipping": .called("max_grad_norm"),
  "adam_beta_1": .called("adam_beta1"),
  "adam_beta_2": .called("adam_beta2"),
  "adam_eps": .called("adam_epsilon"),
  "label_smoothing_factor": .called("label_smoothing"),
  "pref_loss": .called("loss_type"),
  "preference_loss": .called("loss_type"),
  "pref_beta": .called("beta"),
  "dpo_beta": .called("beta"),
  "dpo_label_smoothing": .called("label_smoothing"),
  "gamma": .called("simpo_gamma"),
  "gamma_beta_ratio": .absent("simpo_gamma is the gamma itself, that is gamma_beta_ratio * beta"),
  "alpha": .absent("ld_alpha, cpo_alpha and f_alpha_divergence_coef each have their own"),
  "orpo_alpha": .absent("beta is the weight of the odds ratio with loss_type orpo"),
  "rpo_alpha": .absent("give loss_type sigmoid and sft, and loss_weights"),
  "pref_ftx": .absent("add sft to loss_type, and give loss_weights"),
  "reference_free": .absent("loss_type simpo, cpo and orpo need no reference"),
  "sync_ref_model": .absent("the reference stays as it is, so that it is computed once"),
  "ref_model_mixup_alpha": .absent("the reference stays as it is, so that it is computed once"),
  "ref_model_sync_steps": .absent("the reference stays as it is, so that it is computed once"),
  "data_seed": .called("seed"),
  "num_threads": .called("threads"),
  "per_device_eval_batch_size": .absent("evaluation fits its batches to memory by itself"),
  "precompute_ref_batch_size": .absent("the reference pass fits its batches to memory by itself"),
  "precompute_ref_log_probs": .absent(
    "reference log probabilities are always computed once; reference_cache says where they are kept"
  ),
  "max_prompt_length": .absent("max_length counts prompt and completion together"),
  "max_completion_length": .absent("max_length counts prompt and completion together"),
  "truncation_mode": .absent("what is too long keeps its start"),
  "max_seq_length": .called("max_length"),
  "block_size": .called("max_length"),
  "train_on_inputs": .absent("completion_only_loss false learns prompts too"),
  "train_on_prompt": .absent("completion_only_loss false learns prompts too"),
  "dataset_text_field": .absent("the texts of a file stand in its field text"),
  "padding_free": .absent("batches never hold padding"),
  "packing": .absent("batches are always packed"),
  "pad_token": .absent("batches never hold padding"),
  "pad_to_multiple_of": .absent("batches never hold padding"),
  "gradient_checkpointing": .absent("micro_batch_size is what trades memory for time"),
  "disable_dropout": .absent("dropout is always off here"),
  "dataset_num_proc": .absent("tokenization uses all threads"),
  "dataloader_num_workers": .absent("tokenization uses all threads"),
  "eval_strategy": .absent("give eval_steps to evaluate during training"),
  "save_strategy": .absent("give save_steps; 0 for no checkpoints"),
  "save_only_model": .absent("a checkpoint always has what its run needs to go on"),
  "checkpointing_steps": .called("save_steps"),
  "logging_strategy": .absent("give logging_steps"),
  "report_to": .absent("metrics are always written to metrics.jsonl in the run directory"),
  "optim": .absent("the optimizer is AdamW"),
  "data": .called("prompts"),
  "eval_data": .called("eval_prompts"),
  "max_new_tokens": .called("max_completion_length"),
  "response_length": .called("max_completion_length"),
  "max_length": .called("max_completion_length"),
  "stop_token": .called("stop"),
  "kl_coef": .called("beta"),
  "init_kl_coef": .called("beta"),
  "adap_kl_ctrl": .absent("kl_control proportional says it"),
  "target": .called("kl_target"),
  "horizon": .called("kl_horizon"),
  "kl_penalty": .called("kl_estimator"),
  "epsilon_low": .called("epsilon"),
  "ppo_epochs": .called("num_ppo_epochs"),
  "mini_batch_size": .absent("num_mini_batches says into how many a rollout is cut"),
  "total_episodes": .absent("max_steps says it in steps of batch_size completions"),
  "reward_funcs": .absent(
    "give reward_model, reward_program, reward_endpoint, reward_rules or reward_gold"),
  "reward_model_path": .called("reward_model"),
  "log_completions": .called("log_completions_steps"),
  "num_sample_generations": .called("log_completions_steps"),
  "use_vllm": .absent("completions are sampled by the weights that are trained"),
  "top_k": .absent(truncatedSampling),
  "top_p": .absent(truncatedSampling),
  "min_p": .absent(truncatedSampling),
  "repetition_penalty": .absent(truncatedSampling),
]

/// Why a method that learns from what the policy samples draws from all of its distribution.
private let truncatedSampling =
  "what it would draw from is another distribution than the policy's, whose gradient is taken, so that "
  + "every ratio would be wrong; temperature is the only way to change how completions are drawn"

/// The sentence about a setting that does not exist.
///
/// - Parameters:
///   - name: The name as it was written.
///   - known: The names that do exist.
/// - Returns: What it is called here, why it is not a setting, or what was probably meant.
package func unknownSetting(_ name: String, known: [String]) -> SettingProblem {
  let advice =
    switch foreignSettings[name] {
    case .called(let ours, _) where known.contains(ours): "it is called '\(ours)' here"
    case .called(_, let ours?) where known.contains(ours): "it is called '\(ours)' here"
    case .absent(let reason): "it is not a setting here: \(reason)"
    default:
      closest(to: name, among: known).map { "did you mean '\($0)'?" }
        ?? "--print-config lists all settings"
    }
  return SettingProblem(
    setting: name, part: .name, message: "unknown setting '\(name)'; \(advice)")
}

/// The sentence about a flag that another tool has and this one does not.
///
/// - Parameters:
///   - flag: The flag as it was written, with its hyphens and without a value.
///   - known: The names of the settings that do exist, in `snake_case`.
/// - Returns: A sentence, or `nil` when the flag is not one of another tool.
package func foreignFlag(_ flag: String, known: [String]) -> String? {
  guard flag.hasPrefix("--") else { return nil }
  let name = String(flag.dropFirst(2)).replacing("-", with: "_")
  guard !known.contains(name) else { return nil }
  switch foreignSettings[name] {
  case .called(let ours, let other)
  where known.contains(ours) || other.map(known.contains) ?? false:
    let name = known.contains(ours) ? ours : other ?? ours
    return "unknown option '\(flag)'; it is called '--\(name.replacing("_", with: "-"))' here"
  case .absent(let reason):
    return "unknown option '\(flag)'; it is not a setting here: \(reason)"
  default:
    return nil
  }
}
