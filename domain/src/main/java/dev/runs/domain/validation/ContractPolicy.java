package dev.runs.domain.validation;

import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.pipeline.ContractId;
import java.time.Instant;

/** What an organization wants to follow from validations of a contract. */
public record ContractPolicy(
    OrganizationId organization, ContractId contract, Gate gate, Instant updatedAt) {}
