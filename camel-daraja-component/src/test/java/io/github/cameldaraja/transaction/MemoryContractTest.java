package io.github.cameldaraja.transaction;

class MemoryContractTest extends TransactionRepositoryContract {

    @Override
    protected TransactionRepository start() {
        return new MemoryTransactionRepository(CLOCK, 1_000);
    }
}
